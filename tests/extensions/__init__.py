"""Both commands, on small applications with real extensions. Needs them installed."""
