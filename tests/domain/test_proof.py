import pytest

from meetsched.domain.plan import TierResult
from meetsched.domain.proof import TIER_NAMES, paragraph, statements, tier_amount
from meetsched.rules import Tier


def tier(name, value, *, best=None, bound=None, proven=True, give="0"):
    best = value if best is None else best
    return TierResult.model_validate(
        {
            "name": name,
            "value": value,
            "best": best,
            "bound": best if bound is None else bound,
            "proven": proven,
            "give": give,
            "seconds": 0.1,
        }
    )


def sentences(*tiers):
    return [statement.sentence for statement in statements(tiers, "EUR")]


def test_proven_tiers_make_one_sentence():
    tiers = [tier("points", 103), tier("cost", 23900), tier("appeal", 1), tier("effort", 27)]
    assert paragraph(tiers, "EUR") == (
        "No plan serves more than 103 points; of those, none costs less than 239.00 EUR;"
        " of those, none has more than 1 point of appeal; of those, none needs fewer than 27 duties."
    )


def test_what_is_not_proven_is_told_with_its_bound():
    first, second = sentences(
        tier("points", 103, bound=110, proven=False), tier("cost", 23900, bound=20000, proven=False)
    )
    assert first == (
        "The best plan found serves 103 points, which is not proven to be the most:"
        " at most 110 points could be possible."
    )
    assert second == (
        "With that held, the best plan found costs 239.00 EUR, which is not proven to be the least:"
        " no plan costs less than 200.00 EUR."
    )


def test_what_meets_its_bound_after_an_unproven_tier_holds_only_with_that():
    tiers = [tier("points", 103, bound=110, proven=False), tier("effort", 27, proven=False)]
    assert sentences(*tiers)[1] == "As long as that is held, no plan needs fewer than 27 duties."
    assert paragraph(tiers, "EUR").count(". ") == 1


def test_what_was_given_up_is_told():
    assert sentences(tier("points", 101, best=103, give="0.02")) == [
        "No plan serves more than 103 points."
        " What comes later was free to give up 2% of it; in this plan it comes to 101 points."
    ]
    assert sentences(tier("points", 103, give="0.02"))[0].endswith("2% of it, and gave up nothing.")


def test_balance_and_disruption_are_told_in_words():
    assert sentences(tier("disruption", 35), tier("balance", 936)) == [
        "No plan changes the published plan by less than 35 points of disruption.",
        "Of those, none gives the least favoured city more than 93.6% of what it could have alone.",
    ]


def with_levels(*shares, open_ones=0, bound=1000):
    levels = [{"value": share, "best": share, "bound": share, "proven": True} for share in shares]
    for level in levels[len(levels) - open_ones :]:
        level.update(bound=bound, proven=False)
    first = tier("balance", shares[0], proven=levels[0]["proven"], bound=levels[0]["bound"])
    return TierResult.model_validate(first.model_dump() | {"levels": levels})


def test_shares_lifted_one_after_the_other_are_told_behind_the_smallest():
    (sentence,) = sentences(with_levels(774, 982, 1000))
    assert sentence == (
        "No plan gives the least favoured city more than 77.4% of what it could have alone."
        " Lifted one after the other, the other cities' shares come to 98.2% and 100%;"
        " no plan that holds those before it gives any of them more."
    )
    (sentence,) = sentences(with_levels(774, 900, 950, open_ones=1))
    assert sentence.endswith(
        "the first 1 of these proven; 95% is not proven to be the most: at most 100% could be possible."
    )
    (sentence,) = sentences(with_levels(774, 900, open_ones=1, bound=930))
    assert sentence.endswith("come to 90%; 90% is not proven to be the most: at most 93% could be possible.")
    text = paragraph([with_levels(774, 1000), tier("points", 12)], "EUR")
    assert text.startswith("No plan gives") and text.endswith(
        "more. Of those, none serves more than 12 points."
    )


def test_no_tiers_no_words():
    assert paragraph([], "EUR") == ""


@pytest.mark.parametrize("name", list(Tier))
def test_every_tier_has_a_name_an_amount_and_a_sentence(name):
    assert TIER_NAMES[name]
    assert "7" in tier_amount(name, 7, "EUR")
    for proven in (True, False):
        assert sentences(tier(name, 7, bound=8, proven=proven))[0].endswith(".")
