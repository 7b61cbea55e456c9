"""Carries a plan to those whom it concerns: messages for each of them, and a calendar server.

Nothing else in this program speaks to a network.
"""
