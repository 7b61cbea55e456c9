"""What an instance makes possible, as tables and as JSON."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from meetsched.cli.exits import fault_document
from meetsched.cli.streams import show_table
from meetsched.cli.tables import make_table
from meetsched.domain.instance import Instance
from meetsched.domain.wording.obstacles import REASONS
from meetsched.domain.words import count, month, one_line, period
from meetsched.rules import Rule
from meetsched.service.surveying import CitySurvey, MonthSurvey, Survey

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table


def show_survey(survey: Survey) -> None:
    """Print what an instance makes possible, for people, on standard output."""
    instance = survey.loaded.instance
    parts: list[RenderableType] = [_heading(survey), _overview(survey)]
    for city in survey.cities:
        name = one_line(instance.city_by_id[city.city].name)
        parts += [f"{name}: topics", _topics(city, instance)]
        parts += [f"{name}: months", _months(city, instance)]
        parts += [f"{line}\n" for line in _idle(city, instance)]
    show_table(*parts)


def _heading(survey: Survey) -> str:
    instance = survey.loaded.instance
    dates = period(instance.horizon.start, instance.horizon.end)
    sizes = (
        count(len(instance.cities), "city", "cities"),
        count(len(instance.topics), "topic"),
        count(len(instance.venues), "venue"),
        count(len(instance.people), "person", "people"),
        count(len(instance.companies), "firm"),
        count(survey.starts, "possible start"),
    )
    return f"{one_line(instance.name) or instance.id}: {dates}\n{', '.join(sizes)}; the file is in order.\n"


def _overview(survey: Survey) -> "Table":
    table = make_table("What is possible at all", right=("Starts", "Topics", "Venues", "People"))
    for city in survey.cities:
        table.add_row(
            one_line(survey.loaded.instance.city_by_id[city.city].name),
            str(city.starts),
            _share([topic.pairs for topic in city.topics]),
            _share([venue.topics for venue in city.venues]),
            _share([person.topics for person in city.people]),
        )
    return table


def _share(uses: list[int]) -> str:
    return f"{sum(map(bool, uses))} of {len(uses)}"


def _topics(city: CitySurvey, instance: Instance) -> "Table":
    table = make_table("Topic", right=("Starts", "Starts × venues"), last="Dropped because")
    for topic in city.topics:
        table.add_row(
            one_line(instance.topic_by_id[topic.topic].title),
            str(topic.starts),
            str(topic.pairs),
            _reasons(topic.dropped),
        )
    return table


def _reasons(dropped: Mapping[Rule, int]) -> str:
    return "; ".join(f"{REASONS.get(rule, rule)}: {number}" for rule, number in dropped.items())


def _months(city: CitySurvey, instance: Instance) -> "Table":
    table = make_table("Month", right=("Meetings needed", "Starts", "Topics"), last="A plan")
    for survey in city.months:
        table.add_row(
            month(survey.month),
            str(survey.needed),
            str(survey.starts),
            str(len(survey.topics)),
            "possible so far" if survey.possible else "impossible: too few topics",
        )
    return table


def _idle(city: CitySurvey, instance: Instance) -> Iterator[str]:
    """Name what no meeting of the city can use."""
    idle = {
        "Topics that cannot be held": [
            instance.topic_by_id[topic.topic].title for topic in city.topics if not topic.pairs
        ],
        "Venues that suit no topic": [
            instance.venue_by_id[venue.venue].name for venue in city.venues if not venue.topics
        ],
        "People whom no meeting can use": [
            instance.person_by_id[person.person].name for person in city.people if not person.topics
        ],
    }
    for title, names in idle.items():
        if names:
            yield f"{title}: {', '.join(map(one_line, names))}"


def survey_document(survey: Survey) -> dict[str, Any]:
    """Return a survey as JSON-ready data."""
    instance = survey.loaded.instance
    return {
        "instance": {"id": instance.id, "sha256": survey.loaded.sha256},
        "warnings": [fault_document(warning) for warning in survey.loaded.warnings],
        "starts": survey.starts,
        "cities": [_city_document(city) for city in survey.cities],
    }


def _city_document(city: CitySurvey) -> dict[str, Any]:
    return {
        "city": city.city,
        "starts": city.starts,
        "topics": [
            {
                "topic": topic.topic,
                "starts": topic.starts,
                "pairs": topic.pairs,
                "dropped": dict(topic.dropped),
            }
            for topic in city.topics
        ],
        "months": [_month_document(survey) for survey in city.months],
        "venues": [{"venue": venue.venue, "topics": venue.topics} for venue in city.venues],
        "people": [
            {"person": person.person, "topics": person.topics, "roles": list(person.roles)}
            for person in city.people
        ],
    }


def _month_document(survey: MonthSurvey) -> dict[str, Any]:
    return {
        "month": str(survey.month),
        "needed": survey.needed,
        "starts": survey.starts,
        "topics": list(survey.topics),
        "possible": survey.possible,
    }
