"""The vocabulary: instances, plans, solver outcomes and reports as frozen values."""
