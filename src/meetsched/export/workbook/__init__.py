"""A plan as a workbook: sheets to look at, to filter and to print."""

from meetsched.export.workbook.workbook import plan_workbook

__all__ = ["plan_workbook"]
