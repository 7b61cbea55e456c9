"""Instances to files of every form that can be read."""

from meetsched.saving.csv_files import csv_files
from meetsched.saving.texts import json_document, yaml_document
from meetsched.saving.workbook import workbook

__all__ = ["csv_files", "json_document", "workbook", "yaml_document"]
