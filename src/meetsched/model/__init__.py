"""The constraint model: columns, one file of rows per family of rules, objectives."""
