"""What hooks and deferred callbacks cost, relative to a request without them."""
