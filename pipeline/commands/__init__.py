"""Commands that work on what is stored, one file each."""
