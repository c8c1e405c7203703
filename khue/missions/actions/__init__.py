"""Every write of the missions app, one file a part of the way."""
