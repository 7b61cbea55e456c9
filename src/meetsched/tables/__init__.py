"""An instance as tables: which sheets and columns there are, and how values are written in a cell."""

from meetsched.tables.kinds import Kind
from meetsched.tables.layout import Column, Layout, Shape, Sheet, layout

__all__ = ["Column", "Kind", "Layout", "Shape", "Sheet", "layout"]
