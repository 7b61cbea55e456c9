"""A plan as its own document, the one file from which all others can be made again."""

import json

from meetsched.domain.plan import Plan


def plan_document(plan: Plan) -> bytes:
    """Return plan.json (schema ``meetsched-plan/1``): UTF-8, indented, with a trailing newline."""
    return (json.dumps(plan.document(), ensure_ascii=False, indent=1) + "\n").encode()
