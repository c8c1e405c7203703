"""Problems of localities, sectors and enterprises: intake, duplicates, screening, order proposals."""
