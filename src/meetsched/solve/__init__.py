"""Tier by tier to a proven plan, with progress, time limit and interruption."""
