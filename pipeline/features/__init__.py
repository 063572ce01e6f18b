"""Features of a text, one file per source."""
