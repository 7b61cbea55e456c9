"""Made-up instances of any size, the same for the same seed.

Sizes, people per role, opening hours, absences, tastes and money follow what towns of everyday size
have. Most instances have a plan; nothing promises it, as nothing promises it to a town.
"""

from instance_generator.document import Generated, generate
from instance_generator.recipe import PRESETS, Recipe

__all__ = ["PRESETS", "Generated", "Recipe", "generate"]
