"""What real extensions do beside your own functions. Needs them installed."""
