"""Pages of acceptances."""
