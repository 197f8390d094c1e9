"""Stand-off annotations: rows that name their texts, which are elsewhere, by id and digest."""
