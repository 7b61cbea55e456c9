"""A contest: several systems plan the same instances, and one judge scores them all."""
