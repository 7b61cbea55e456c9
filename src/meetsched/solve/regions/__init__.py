"""Cities that share rooms and people: planned apart as far as can be, with prices on what they share."""
