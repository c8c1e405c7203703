"""The process shelf: files under `processes/` as values. Nothing here touches the database."""
