"""Questions about indicators: who may do what, how figures are judged, rolled up and read."""
