"""Every write of the missions app, a folder a part of the way; at the top what several parts do."""
