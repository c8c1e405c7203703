"""Places and their mergers, organisations and units through time, people, declared expertise."""
