"""What is possible at all before solving, and the rule that dropped the rest."""
