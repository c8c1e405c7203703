"""Old and new ways of writing Vietnamese in bytes: every one of them becomes NFC Unicode."""

from khue.language.encodings.detect import Decoded, decode, wide
from khue.language.encodings.legacy import LegacyFont, legacy_font, repair, to_unicode

__all__ = ["Decoded", "LegacyFont", "decode", "legacy_font", "repair", "to_unicode", "wide"]
