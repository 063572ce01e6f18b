"""Small linear models: plain numbers in a file that a tagger adds up. Only training needs more than the standard library."""
