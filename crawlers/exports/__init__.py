"""Export files that bloggers own: one module per format, recognized by content, read like the pages of a platform."""
