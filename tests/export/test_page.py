import re
from datetime import date

import pytest

from meetsched.domain.plan import Repair
from meetsched.export import plan_page
from tests.export.examples import example, forgetful, hostile
from tests.export.markup import read


def page(name):
    return read(plan_page(*example(name)))


def part(name, section):
    (element,) = page(name).find(id=section)
    return element


def rows(table):
    return [[cell.text for cell in row.find() if cell.tag in ("th", "td")] for row in table.find("tr")]


def test_head_of_the_page_sums_up_in_plain_words():
    (lead,) = page("town").find("p", class_="lead")
    assert lead.text == (
        "4 meetings in Olszyna, 1 January to 31 March 2027. 27 visits from people interested in their topics"
        " can be expected. All of it costs 305.63 EUR, which leaves 594.37 EUR of the budget."
        " It is proven that no plan within the rules does better."
    )


def test_plan_that_is_not_proven_is_not_called_so():
    root = page("region")
    (lead,) = root.find("p", class_="lead")
    assert lead.text.endswith("Whether a better plan exists was not settled in the time given.")
    assert "Proven best" not in root.text


def test_changed_plan_says_as_of_when():
    instance, plan = example("town")
    repair = Repair(baseline_sha256="00", as_of=date(2027, 2, 1))
    root = read(plan_page(instance, plan.model_copy(update={"repair": repair})))
    assert root.find("p", class_="lead")[0].text.endswith("published before, as of Mon 1 February 2027.")


def test_calendar_has_each_meeting_on_its_day_and_marks_days_off():
    calendar = part("town", "calendar")
    assert [caption.text for caption in calendar.find("caption")] == [
        "January 2027",
        "February 2027",
        "March 2027",
    ]
    (nineteenth,) = [cell for cell in calendar.find("td", class_="busy") if cell.text.startswith("19")]
    assert "What changes in taxes in 2027, Olszyna, Tue 19 Jan, 17:30" in nineteenth.text
    holidays = [cell.text for cell in calendar.find("td", class_="holiday")]
    assert holidays == [
        "1 New Year's Day",
        "5 Day off",
        "6 Epiphany",
        "28 Easter Sunday",
        "29 Easter Monday",
    ]
    assert len(calendar.find("td", class_="excluded")) == 14
    assert "1–14 February: No meetings" in calendar.text


def test_holiday_on_which_the_town_does_meet_is_none():
    instance, plan = example("town")
    epiphany = date(2027, 1, 6)
    rule = instance.holidays.model_copy(update={"remove": (epiphany,)})
    root = read(plan_page(instance.model_copy(update={"holidays": rule}), plan))
    assert "Epiphany" not in root.text


def test_dates_outside_the_horizon_are_marked():
    instance, plan = example("town")
    short = instance.horizon.model_copy(update={"end": instance.horizon.end.replace(day=25)})
    root = read(plan_page(instance.model_copy(update={"horizon": short}), plan))
    assert len(root.find("td", class_="outside")) == 6


def test_card_tells_when_where_who_turnout_and_cost():
    (card,) = page("town").find("article", id="meeting-4")
    for words in (
        "Wed 24 March 2027 17:30–19:15",
        "Selling abroad: first steps to Germany and Czechia",
        "Olszyna · Discussion · open to people without a firm, too",
        "The Linden Tree",
        "Experts Ewa Zielińska University of Applied Sciences Ola Kamińska Chamber of Crafts",
        "Cooperation broker Jan Kowalski 75 min overtime Olszyna Town Hall",
        "6 visitors expected for 22 seats, 15 points of interest",
        "Poland's football match on the big screen (3 points of appeal)",
        "An hour that suits many (1 point of appeal)",
    ):
        assert words in card.text
    (cost,) = card.find("table")
    assert rows(cost) == [["venue", "96.00 EUR"], ["overtime", "15.63 EUR"], ["Net cost", "111.63 EUR"]]


def test_income_is_taken_off():
    (card,) = page("town").find("article", id="meeting-2")
    assert rows(card.find("table")[0]) == [
        ["venue", "40.00 EUR"],
        ["paid by participants", "-35.00 EUR"],
        ["Net cost", "5.00 EUR"],
    ]


def test_matrix_shows_who_covers_what_is_demanded():
    first, second = part("region", "institutions").find("table")
    assert rows(first)[1:] == [
        ["University", "Opole University of Technology", "no", "no", "1 of 3", "at 1 or more"],
        ["Business support", "no", "Nysa Enterprise Hub", "no", "1 of 3", "–"],
        ["Vocational school", "Brzeg School of Trades", "no", "no", "1 of 3", "at 1 or more"],
    ]
    assert rows(second)[2][0] == "Business support"
    assert rows(second)[2][-2:] == ["3 of 3", "at each"]


def test_money_is_set_against_the_budget_of_each_city():
    money = part("region", "money")
    assert [figure.text for figure in money.find("div", class_="budget")] == [
        "Brzeg 1,834.00 PLN of a budget of 2,500.00 PLN; 666.00 PLN left",
        "Nysa 1,243.00 PLN of a budget of 1,800.00 PLN; 557.00 PLN left",
    ]
    widths = [bar.attributes["style"] for bar in money.find("span") if "style" in bar.attributes]
    assert widths == ["width: 73.4%", "width: 69.1%"]
    assert rows(money.find("table")[0])[-1] == [
        "Together", "1,545.00", "426.00", "900.00", "206.00", "0.00", "0.00", "3,077.00",
    ]  # fmt: skip


def test_load_is_set_against_what_a_person_may_have():
    table = {row[0]: row[1:] for row in rows(part("town", "people").find("table")[0])}
    assert table["Jan Kowalski"] == ["Olszyna Town Hall", "1 of 2", "–", "2 of 2", "3", "5", "195 min"]
    assert table["Ewa Zielińska"] == [
        "University of Applied Sciences", "1 of 1", "–", "1 of 1", "2", "2 full", "–",
    ]  # fmt: skip


def test_proof_is_told_tier_by_tier():
    items = [item.text for item in part("town", "proof").find("li")]
    assert items[0] == (
        "What firms asked for proven No plan serves more than 57 points. What comes later was free to give up"
        " 2% of it; in this plan it comes to 56 points."
    )
    assert items[1] == "Little money proven Of those, none costs less than 305.63 EUR."
    open_items = [item.text for item in part("region", "proof").find("li")]
    assert "not proven With that held, the best plan found serves 40 points" in open_items[1]
    assert "at most 42 points could be possible" in open_items[1]


def test_cities_together_show_shares_and_shared_venues():
    together = part("region", "together")
    assert [figure.text for figure in together.find("div", class_="budget")] == [
        "Brzeg 96% 24 points of 25 alone",
        "Nysa 94.1% 16 points of 17 alone",
    ]
    (table,) = together.find("table")
    assert rows(table)[1][0] == "Grodków Conference Centre at most 3 uses in all"
    assert rows(table)[1][-1] == "2 of 2"
    assert rows(table)[2][-1] == "1 of 1"
    assert "Enterprise Hub" not in table.text
    assert page("town").find(id="together") == []


def test_cities_together_show_when_shared_rooms_and_people_are_used():
    instance, plan = example("region")
    (uses,) = part("region", "together").find("ul", class_="uses")
    things = [item for item in uses.find("li") if item.find("ul")]
    hall = things[0].text
    assert hall.startswith("Grodków Conference Centre for Brzeg and Nysa")
    there = [meeting for meeting in plan.meetings if meeting.venue == "congress"]
    assert len(there) == 3
    assert len(things[0].find("time")) == len(there)
    assert "Thu 18 Feb, 17:00–19:30 Brzeg" in hall
    own = {venue.name for venue in instance.venues if len(instance.cities_of_venue(venue)) == 1}
    assert not any(name in uses.text for name in own)
    assert page("town").find("ul", class_="uses") == []


def test_cancelled_meetings_are_listed():
    (item,) = part("town", "meetings").find("ul", class_="cancelled")[0].find("li")
    assert item.text == "Wed 24 February 2027, 17:30–19:30 : Owners' evening, Olszyna"


@pytest.mark.parametrize("name", ["town", "region"])
def test_page_needs_nothing_from_anywhere(name):
    root = page(name)
    assert root.find("script") == root.find("img") == root.find("iframe") == []
    assert not any(key.startswith("on") for element in root.walk() for key in element.attributes)
    references = [element.attributes.get("href") or element.attributes.get("src") for element in root.walk()]
    assert all(reference.startswith(("#", "data:,")) for reference in references if reference)
    (style,) = root.find("style")
    assert not re.search(r"url\(|@import|http", style.text)


@pytest.mark.parametrize("name", ["town", "region"])
def test_every_link_leads_somewhere_and_every_id_is_used_once(name):
    root = page(name)
    ids = [element.attributes["id"] for element in root.walk() if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    assert {link.attributes["href"][1:] for link in root.find("a")} <= set(ids)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "</style><img src=x onerror=alert(1)>",
        '" onmouseover="alert(1)',
        "{{ 7 * 7 }}",
        "=1+1, a; b 🎻 'q'",
        "two\r\nlines\x00",
    ],
)
@pytest.mark.parametrize("name", ["town", "region"])
def test_text_of_an_instance_stays_text(name, text):
    content = plan_page(*hostile(name, text))
    root = read(content)
    assert root.find("script") == root.find("img") == []
    assert not any(key.startswith("on") for element in root.walk() for key in element.attributes)
    clean = " ".join(text.replace("\x00", " ").split())
    assert root.find("h1")[0].text == root.find("title")[0].text == clean
    assert root.find("h3", id="meeting-1-title")[0].text == clean
    assert b"\x00" not in content


def test_nothing_private_is_told():
    text = plan_page(*example("town")).decode()
    instance, _ = example("town")
    for company in instance.companies:
        assert company.name not in text
    assert "olszyna.example" not in text
    assert "secret" not in text


def test_same_plan_gives_the_same_bytes():
    assert plan_page(*example("region")) == plan_page(*example("region"))


def test_what_the_instance_no_longer_knows_stands_with_its_id():
    (card,) = read(plan_page(*forgetful("town"))).find("article", id="meeting-1")
    assert "gone-venue" in card.text
    assert "gone-ewa" in card.text


def test_plan_without_meetings_is_a_page():
    instance, plan = example("town")
    root = read(plan_page(instance, plan.model_copy(update={"meetings": (), "cancelled": ()})))
    assert root.find("p", class_="lead")[0].text.startswith("0 meetings in Olszyna")


def luminance(colour):
    """Return the relative luminance of `#rgb` or `#rrggbb` (WCAG 2.2)."""
    digits = "".join(2 * digit for digit in colour[1:]) if len(colour) == 4 else colour[1:]
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_colour_of_every_city_can_be_read_in_both_schemes():
    (style,) = page("town").find("style")
    schemes = re.findall(r":root \{(.*?)\}", style.text)[:2]
    assert len(schemes) == 2
    for scheme in schemes:
        colours = dict(re.findall(r"(--\w+): (#\w+);", scheme))
        for city in (f"--c{number}" for number in range(8)):
            assert contrast(colours[city], colours["--on"]) >= 4.5
            assert contrast(colours[city], colours["--paper"]) >= 4.5
