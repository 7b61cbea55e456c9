"""What somebody may have meant."""

import pytest

from meetsched.loading.suggest import Suggester


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("kielce", ["radom", "kielce-2"], "kielce-2"),
        ("a.b.c.d", ["a.b.c.x", "ABCD"], "ABCD"),
        ("EU funds", ["eu-fund", "eu-funds"], "eu-funds"),
        ("zzz", ["radom"], None),
        ("---", ["...", "a"], None),
        ("x" * 100, ["x" * 100], None),
        ("a", [], None),
    ],
)
def test_nearest(word: str, known: list[str], meant: str | None) -> None:
    assert Suggester().nearest(word, known) == meant


def test_the_work_is_bounded() -> None:
    suggester = Suggester()
    known = [f"city-{number}" for number in range(20_000)]
    assert [suggester.nearest("city_7", known) for _ in range(3)] == ["city-7", "city-7", None]
