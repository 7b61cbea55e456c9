"""The kinds of work, a module each, with a function ``work(request, tell, stop) -> Result``.

It runs in a process of its own: it may take as long as it likes, and heeds `stop`.
"""
