"""The shell: desk, search, navigation, dashboards, demo city."""
