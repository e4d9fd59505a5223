"""The commands for an application of one's own. Needs Flask and pytest alone."""
