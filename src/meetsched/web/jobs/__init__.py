"""Work in the background: each piece in a process of its own, so that pages stay quick meanwhile."""
