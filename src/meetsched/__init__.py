"""Plans a city's networking meetings for small firms."""

__version__ = "0.1.0"
