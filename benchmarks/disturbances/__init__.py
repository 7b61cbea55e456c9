"""What happens to a published plan, and what a repair of it costs: makers of scenarios, and their measure."""
