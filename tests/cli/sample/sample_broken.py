"""A command module that must not be loaded unless it is called."""

raise RuntimeError("loaded without need")
