"""Units of documents without labels, about which a teacher is asked."""
