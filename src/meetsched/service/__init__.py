"""The use cases, one module each: what a command or a web page asks for, and nothing about either.

Every function returns a value and raises nothing but `meetsched.errors.MeetschedError`; any other
exception is a bug.
"""
