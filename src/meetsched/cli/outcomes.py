"""A search that found no plan, in words and as an exit code."""

import shlex
from pathlib import Path

from meetsched.cli.exits import ExitCode, error_document
from meetsched.cli.streams import show_bytes, tell
from meetsched.domain.outcome import Outcome, Verdict


def tell_no_plan(
    outcome: Outcome,
    instance: Path,
    time_limit: float,
    *,
    beside: str = "",
    explain: str | None = None,
    as_json: bool,
) -> ExitCode:
    """Say that there is no plan and how sure that is; the exit code tells the same.

    `beside` names what has to hold besides the rules, to follow "no plan holds every rule"; `explain` is
    the command line that tells why, where it is not the plain one.
    """
    line = explain or shlex.join(["meetsched", "explain", str(instance)])
    code, message = _why_no_plan(outcome, line, time_limit, beside)
    tell(message)
    if as_json:
        show_bytes(error_document(code, message))
    return code


def _why_no_plan(outcome: Outcome, explain: str, time_limit: float, beside: str) -> tuple[ExitCode, str]:
    if outcome.verdict is Verdict.INFEASIBLE:
        alone = f" The city {outcome.hopeless_city} has none even alone." if outcome.hopeless_city else ""
        return (
            ExitCode.NO_PLAN_EXISTS,
            f"It is proven that no plan holds every rule{beside}.{alone} Nothing was written.\n"
            f"What cannot be held together, and what would help, is told by:\n{explain}",
        )
    if outcome.interrupted:
        return ExitCode.INTERRUPTED, "Interrupted before a plan was found; nothing was written."
    return (
        ExitCode.NO_PLAN_IN_TIME,
        f"No plan was found in {time_limit:g} seconds, and none was ruled out; nothing was written.\n"
        "A longer --time-limit may help.",
    )
