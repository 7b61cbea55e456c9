"""What each key means."""
def explanation(model, key): return ""
