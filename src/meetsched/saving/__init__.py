"""Instances to files of every form that can be read, and faults marked in workbooks."""

from meetsched.saving.documents import InstanceForm, instance_files
from meetsched.saving.marks import Marks, mark_tables, mark_workbook

__all__ = ["InstanceForm", "Marks", "instance_files", "mark_tables", "mark_workbook"]
