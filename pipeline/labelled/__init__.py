"""Labelled items: posts and comments that somebody judged by the codebook, as the taggers see them."""
