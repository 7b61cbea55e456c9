"""Parts of an instance in which a move is tried."""

from meetsched.domain.instance import Pin
from meetsched.service.nearby import attracting
from tests.export.examples import example


def test_what_is_pinned_for_cities_that_go_goes():
    instance, _ = example("region")
    here, there = (city.id for city in instance.cities[:2])
    topic = instance.topics[0].id
    pinned = instance.replaced(
        pins=tuple(Pin(city=city, topic=topic, held=False) for city in (here, there)),
        companies=tuple(firm for firm in instance.companies if firm.city == here),
    )
    assert [pin.city for pin in attracting(pinned, here).pins] == [here]
    assert [pin.city for pin in attracting(pinned, here, there).pins] == [here, there]
