"""Files to instances and plans, with every fault told at once."""
