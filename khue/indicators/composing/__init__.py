"""Reports that are composed from templates of the shelf: `processes/reports/<name>/<day>.toml`."""
