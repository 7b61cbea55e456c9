"""What becomes of a plan where somebody drops out, as a table of text."""

from meetsched.domain.cells import CsvDialect
from meetsched.domain.instance import Instance
from meetsched.domain.names import Names
from meetsched.domain.resilience import Consequence, Resilience
from meetsched.domain.scalars import format_cents
from meetsched.domain.wording.absences import absent_name, consequence_text, stand_ins_text
from meetsched.export.tables import csv_table, text_cell
from meetsched.rules import Tier


def resilience_table(
    instance: Instance, found: Resilience, dialect: CsvDialect = CsvDialect.RFC4180
) -> bytes:
    """Return resilience.csv: a row for each person and venue, the worst first; a loss below 0 is a gain."""
    tiers = [each for each in instance.active_objectives() if each.tier is not Tier.DISRUPTION]
    losses = [f"{each.tier}_lost" for each in tiers]
    columns = (
        "kind", "id", "name", "meetings", "repair", "disruption", *losses, "currency", "stand_ins",
    )  # fmt: skip
    names = Names(instance)
    return csv_table((_row(instance, names, each, dialect) for each in found.consequences), columns, dialect)


def _row(instance: Instance, names: Names, found: Consequence, dialect: CsvDialect) -> dict[str, str]:
    losses = {
        f"{tier}_lost": dialect.amount(format_cents(loss)) if tier is Tier.COST else str(loss)
        for tier, loss in (found.losses or {}).items()
    }
    return {
        "kind": found.drop_out.kind.value,
        "id": text_cell(found.drop_out.id),
        "name": text_cell(absent_name(names, found.drop_out)),
        "meetings": text_cell("; ".join(found.drop_out.meetings)),
        "repair": consequence_text(found),
        "disruption": "" if found.difference is None else str(found.difference.disruption),
        **losses,
        "currency": instance.currency,
        "stand_ins": text_cell(stand_ins_text(names, found)),
    }
