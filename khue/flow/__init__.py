"""The process engine: reads the shelf, moves dossiers, counts deadlines, fills the desk."""
