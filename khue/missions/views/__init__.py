"""Pages of the missions app, a folder a part of the way."""
