"""Apps as a server with several workers calls them."""
