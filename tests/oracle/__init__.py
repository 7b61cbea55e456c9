"""Independent truth for tiny instances: a seeded generator and an exhaustive search."""
