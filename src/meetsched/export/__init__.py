"""Plans as files for people and calendars: pure functions from a plan to bytes."""
