"""What hooks and deferred callbacks cost, as ratios to a bare request."""
