"""Pages of the missions app, one file a part of the way."""
