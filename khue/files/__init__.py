"""Attachments: versions, hash, real type, text, retention."""
