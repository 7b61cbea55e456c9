"""Properties that hold of every instance, tried on many random tiny ones."""
