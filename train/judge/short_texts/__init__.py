"""Short texts, each read without a document around it: their units, and what stands before them."""
