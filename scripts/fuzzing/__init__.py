"""Spoilt files for the readers: whatever is done to a file, it loads or its faults are told."""
