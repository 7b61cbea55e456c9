"""Why a meeting is as it is, and why it is not otherwise."""

from meetsched.explain.why.account import account
from meetsched.explain.why.answering import answer
from meetsched.explain.why.subject import Subject

__all__ = ["Subject", "account", "answer"]
