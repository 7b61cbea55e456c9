"""Tables to the raw shape, by the layout that reader, writer and documents share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from meetsched.domain.references import SINGULAR
from meetsched.errors import Fault
from meetsched.loading.raw import Document, Path, Raw, shorten
from meetsched.loading.tabular.builder import Builder, Table
from meetsched.loading.tabular.grid import Grid, Spot
from meetsched.loading.tabular.headings import Header, find_header
from meetsched.tables import Column, Kind, Sheet, layout
from meetsched.tables.entries import EMPTY_LIST
from meetsched.tables.layout import CHOICES, FAULTS, KEY, MEANING, SETTINGS, VALUE

_SETTING_COLUMNS = tuple(Column(heading, (heading,), Kind.TEXT) for heading in (KEY, VALUE, MEANING))


def read_tables(file: str, grids: Iterable[Grid]) -> Document:
    """Return the raw tree that tables describe.

    Parameters
    ----------
    file : str
        The workbook or the folder, as the user named it.
    grids : iterable of Grid
    """
    builder = Builder(file)
    known = _known_grids(builder, grids)
    if SETTINGS in known:
        _read_settings(builder, known[SETTINGS])
    else:
        text = f"expected a sheet {SETTINGS}: is this an instance?"
        builder.findings.faults.append(Fault(file, None, "", None, text))
    for sheet in layout().sheets:
        grid = known.get(sheet.name)
        if grid is not None:
            header = find_header(grid, sheet.columns, builder.findings) if grid.rows else None
            read = _read_own if sheet.owner is None else _read_nested
            read(builder, sheet, header)
    return builder.document()


def _known_grids(builder: Builder, grids: Iterable[Grid]) -> Mapping[str, Grid]:
    """Return the grids that mean something, by their sheet; warn of the others."""
    findings = builder.findings
    known: dict[str, Grid] = {}
    for grid in grids:
        name = grid.name.strip().casefold()
        shown = shorten(grid.name)
        if name in (CHOICES, FAULTS):
            continue
        if name not in layout().names:
            text = f"{shown} is no sheet of an instance, so it is not read"
            hint = findings.meant(name, layout().names)
            findings.warnings.append(Fault(grid.file, None, "", None, text, hint))
        elif name in known:
            text = f"{shown} is there twice, and only the first was read"
            findings.faults.append(Fault(grid.file, None, "", None, text))
        else:
            known[name] = grid
    return known


def _read_settings(builder: Builder, grid: Grid) -> None:
    """Read the sheet of the instance's own scalars, a row for each."""
    header = find_header(grid, _SETTING_COLUMNS, builder.findings)
    positions = _positions(builder, header, _SETTING_COLUMNS[:2])
    if header is None or positions is None:
        return
    settings = {column.heading: column for column in layout().settings}
    seen: dict[str, int] = {}
    for row in header.rows():
        spot = Spot(grid, row, positions[KEY], KEY)
        key = spot.entered.text.strip() if spot.entered else ""
        column = settings.get(key.casefold())
        if column is None:
            hint = builder.findings.meant(key, settings) or f"known keys are {', '.join(settings)}"
            builder.tell(spot, "unknown key" if key else "expected a key", hint)
        elif column.heading in seen:
            builder.tell(spot, f"this key is given twice, first in row {seen[column.heading]}")
        else:
            seen[column.heading] = row
            builder.put(builder.tree, (), column, Spot(grid, row, positions[VALUE], column.heading))


def _read_own(builder: Builder, sheet: Sheet, header: Header | None) -> None:
    """Read a list, or a table, of the instance itself."""
    rows = [] if header is None else list(header.rows())
    if header is None or not rows:
        if sheet.required:
            builder.tree[sheet.key] = []
    elif sheet.by_key:
        _read_pairs(builder, sheet, header, ((row, (), builder.tree) for row in rows))
    else:
        entries: list[Raw] = []
        builder.tree[sheet.key] = entries
        for row in rows:
            if [text for _, text in header.grid.texts(row)] != [EMPTY_LIST]:
                entries.append(_entry(builder, sheet, header, row, (sheet.key, len(entries))))


def _read_nested(builder: Builder, sheet: Sheet, header: Header | None) -> None:
    """Read a sheet of what belongs to entries of another one."""
    owners = _entries(builder, str(sheet.owner))
    if header is not None:
        owned = _owned_rows(builder, sheet, header, owners)
        if sheet.by_key:
            _read_pairs(builder, sheet, header, owned)
        else:
            for row, path, owner in owned:
                entries = owner.setdefault(sheet.key, [])
                assert isinstance(entries, list)
                here = (*path, sheet.key, len(entries))
                entries.append(_entry(builder, sheet, header, row, here))
    if sheet.required:
        for owner in owners:
            owner.setdefault(sheet.key, {} if sheet.by_key else [])


def _entries(builder: Builder, key: str) -> list[Table]:
    entries = builder.tree.get(key, [])
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []


def _owned_rows(
    builder: Builder, sheet: Sheet, header: Header, owners: list[Table]
) -> Iterator[tuple[int, Path, Table]]:
    """Yield the rows whose owner is known, with that owner and its path."""
    column = sheet.columns[0]
    positions = _positions(builder, header, (column,))
    if positions is None:
        return
    index_by_id: dict[Raw | None, int] = {}
    for index, owner in enumerate(owners):
        if isinstance(identity := owner.get("id"), str):
            index_by_id.setdefault(identity, index)
    ids = [str(identity) for identity in index_by_id]
    for row in header.rows():
        spot = Spot(header.grid, row, positions[column.heading], column.heading)
        value = builder.read(column, spot)
        if value in index_by_id:
            index = index_by_id[value]
            yield row, (str(sheet.owner), index), owners[index]
        elif value is not None:
            builder.tell(spot, f"unknown {SINGULAR[str(sheet.owner)]}", builder.findings.meant(value, ids))


def _read_pairs(
    builder: Builder, sheet: Sheet, header: Header, rows: Iterable[tuple[int, Path, Table]]
) -> None:
    """Read a table: a row for each key and its value."""
    key_column, value_column = sheet.columns[-2:]
    positions = _positions(builder, header, (key_column, value_column))
    if positions is None:
        return
    first: dict[Path, int] = {}
    for row, path, owner in rows:
        key_spot, value_spot = (
            Spot(header.grid, row, positions[each.heading], each.heading)
            for each in (key_column, value_column)
        )
        key, value = builder.read(key_column, key_spot), builder.read(value_column, value_spot)
        if key is None or value is None:
            continue
        here = (*path, sheet.key, key)
        if here in first:
            text = f"this {key_column.heading} stands here twice, first in row {first[here]}"
            builder.tell(key_spot, text)
            continue
        first[here] = row
        table = owner.setdefault(sheet.key, {})
        assert isinstance(table, dict)
        table[key] = value
        # Key and value have one path: a fault of either is told with that path, not with a heading.
        builder.place(here, Spot(header.grid, row, value_spot.column))


def _entry(builder: Builder, sheet: Sheet, header: Header, row: int, path: Path) -> Table:
    """Return the entry of a row."""
    entry: Table = {}
    builder.place(path, Spot(header.grid, row))
    for position, column in header.columns.items():
        if column.steps:
            builder.put(entry, path, column, Spot(header.grid, row, position, column.heading))
    for column in sheet.columns:
        if column.required and column.steps and header.position(column) is None:
            builder.locate((*path, *column.steps), header.spot.fault(_missing(column)))
    return entry


def _positions(
    builder: Builder, header: Header | None, columns: Iterable[Column]
) -> Mapping[str, int] | None:
    """Return where columns are that must be there; None where one is missing, which is told."""
    if header is None:
        return None
    positions = {column.heading: header.position(column) for column in columns}
    missing = [column for column in columns if positions[column.heading] is None]
    for column in missing:
        builder.tell(header.spot, _missing(column))
    return None if missing else {heading: position or 0 for heading, position in positions.items()}


def _missing(column: Column) -> str:
    return f"expected a column {column.heading}"
