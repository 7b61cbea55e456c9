"""How fast the pages of `meetsched serve` answer while a plan is being made.

Usage: python benchmarks/pages.py --help
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from typing import Any
from urllib.request import Request, urlopen

import click

from contest.instances import made_up_instance
from contest.page import print_option, record
from contest.runner import keep_to_two_cores
from contest.table import machine, markdown
from meetsched.domain.plan import Meeting
from meetsched.service.projects import VersionKind, made_by, open_store

_ENOUGH = 5
"""Answers of each page, before time is taken: the first fills caches."""


@click.command()
@click.option("--cities", default=12, show_default=True)
@click.option("--versions", default=20, show_default=True)
@click.option("--answers", default=40, show_default=True, help="How often each page is asked for.")
@print_option
def main(cities: int, versions: int, answers: int, *, only_print: bool) -> None:
    """Plan a region, make many versions of it, and ask for pages while it is planned once more."""
    keep_to_two_cores()
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        data = folder / "data"
        instance = made_up_instance(folder, "region", "--like", "region", "--cities", cities, "--seed", 2)
        with serving(data, instance) as address:
            project = address.rsplit("/", 1)[1]
            wait(address, order(address, project, 60))
        meeting = prepare(data, project, versions)
        with serving(data) as address:
            job = order(address, project, 3600)
            times = {path: asked(address, path, answers) for path in pages(project, versions, meeting)}
            state = told(address, job)["state"]
    head = (
        f"Measured on {machine()}; {cities} cities, {versions} versions, each page asked for {answers} times "
        f"while a plan was being made ({state} at the end)."
    )
    text = f"{head}\n\n{table(times)}"
    record("pages", text, only_print=only_print)


@contextmanager
def serving(data: Path, *arguments: object) -> Iterator[str]:
    """Serve a folder of data; yield the address where it begins."""
    options = ["--data", data, "--port", 0, "--no-open", "--json", "--quiet"]
    command = [sys.executable, "-m", "meetsched", "serve", *map(str, [*arguments, *options])]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert running.stdout is not None
        text = ""
        while "}" not in text:
            text += running.stdout.readline()
        yield json.loads(text)["address"]
    finally:
        running.terminate()
        running.wait()


def host(address: str) -> str:
    """Return an address without its path."""
    return "/".join(address.split("/")[:3])


def order(address: str, project: str, seconds: int) -> str:
    """Begin to plan a project; return the plan's id."""
    body = json.dumps({"project": project, "time_limit": seconds}).encode()
    request = Request(f"{host(address)}/v1/plans", body, {"Content-Type": "application/json"})
    with urlopen(request) as answer:
        return json.load(answer)["id"]


def told(address: str, plan: str) -> dict[str, Any]:
    """Return what the server tells of a plan."""
    with urlopen(f"{host(address)}/v1/plans/{plan}") as answer:
        return json.load(answer)


def wait(address: str, plan: str) -> None:
    """Wait until a plan is there."""
    while told(address, plan)["state"] in ("queued", "running"):
        sleep(0.5)


def prepare(data: Path, project: str, versions: int) -> Meeting:
    """Make so many versions, of which the last is published; return a meeting of the plan."""
    from meetsched.service.projects import edition

    store = open_store(f"sqlite:///{data / 'meetsched.db'}")
    head = store.project(project).head
    assert head is not None
    found = edition(store, store.versions.get(project, head))
    assert found.plan is not None, "the region has no plan"
    while head < versions:
        head = store.versions.repeat(project, head, VersionKind.PUBLISHED, made_by("staff")).number
    store.close()
    return found.plan.meetings[0]


def pages(project: str, versions: int, meeting: Meeting) -> list[str]:
    """Return the paths of the pages that people use most."""
    at = f"/projects/{project}"
    one = f"{at}/versions/{versions}/meetings/{meeting.city}/{meeting.topic}"
    others = (
        "",
        "/versions",
        f"/versions/2/compare/{versions}",
        "/data",
        "/together",
        "/publish",
        "/choices",
    )
    return ["/", *(at + each for each in others), one, f"{one}/move"]


def asked(address: str, path: str, answers: int) -> list[float]:
    """Return how many milliseconds each answer of a page took."""
    spent = []
    for _ in range(_ENOUGH + answers):
        begin = perf_counter()
        with urlopen(host(address) + path) as answer:
            answer.read()
        spent.append(1000 * (perf_counter() - begin))
    return spent[_ENOUGH:]


def table(times: dict[str, list[float]]) -> str:
    """Return the table of all pages."""
    rows = [
        [f"`{path}`", f"{median(spent):.0f}", f"{quantiles(spent, n=20)[-1]:.0f}", f"{max(spent):.0f}"]
        for path, spent in times.items()
    ]
    return markdown(["page", "median (ms)", "95 of 100 (ms)", "most (ms)"], rows, left=1)


if __name__ == "__main__":
    main()
