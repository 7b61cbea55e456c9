"""Builds the Java program."""

import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from contest.instances import ROOT

SOURCES = ROOT / "benchmarks" / "timefold"
CLASSES = ROOT / "build" / "timefold"


class UnavailableError(Exception):
    """Java or Timefold is missing; the message says what."""


def build() -> None:
    """Compile the sources, unless that was done since they last changed.

    Raises
    ------
    UnavailableError
    """
    sources = sorted(SOURCES.glob("contest/*.java"))
    stamp = CLASSES / "contest" / "Main.class"
    libraries = _libraries()
    if shutil.which("javac") is None or shutil.which("java") is None:
        raise UnavailableError("no Java compiler (JDK 17) is installed")
    if stamp.exists() and stamp.stat().st_mtime > max(source.stat().st_mtime for source in sources):
        return
    compiler = ["javac", "-d", str(CLASSES), "-cp", f"{libraries}/*"]
    subprocess.run([*compiler, *map(str, sources)], check=True)


def command(*arguments: str) -> list[str]:
    """Return the command line that runs the program."""
    return ["java", "-cp", f"{CLASSES}:{_libraries()}/*", "contest.Main", *arguments]


def _libraries() -> Path:
    found = find_spec("timefold")
    for folder in found.submodule_search_locations or () if found else ():
        jars = Path(folder) / "solver" / "jars"
        if jars.is_dir():
            return jars
    raise UnavailableError("the Python package timefold, which has the jars, is not installed")
