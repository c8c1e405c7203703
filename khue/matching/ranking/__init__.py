"""The pure core of matching: no Django, no database. Text in, ranked and explained matches out."""
