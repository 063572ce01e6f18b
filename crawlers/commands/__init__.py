"""Commands that let things in, one file each."""
