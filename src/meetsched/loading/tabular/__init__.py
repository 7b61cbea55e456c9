"""Instances that are tables: a workbook, or a folder of CSV files."""
