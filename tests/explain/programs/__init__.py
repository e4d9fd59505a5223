"""Programs as applications have them, each with the findings that it has."""
