"""An instance in any form."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from meetsched.domain.cells import CsvDialect
from meetsched.domain.instance import Instance
from meetsched.saving.csv_files import csv_files
from meetsched.saving.texts import json_document, yaml_document
from meetsched.saving.workbook import workbook


class InstanceForm(StrEnum):
    """What an instance can be written as."""

    YAML = "yaml"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


_DOCUMENTS: dict[InstanceForm, Callable[[Instance], bytes]] = {
    InstanceForm.YAML: yaml_document,
    InstanceForm.JSON: json_document,
    InstanceForm.XLSX: workbook,
}


def instance_files(
    instance: Instance, form: InstanceForm, name: str, dialect: CsvDialect = CsvDialect.RFC4180
) -> dict[str, bytes]:
    """Return the files of an instance by name.

    Parameters
    ----------
    name : str
        Of the file; those of a folder of CSV files have names of their own.

    Raises
    ------
    OutputError
        It cannot be written in that form.
    """
    if form is InstanceForm.CSV:
        return csv_files(instance, dialect)
    return {name: _DOCUMENTS[form](instance)}
