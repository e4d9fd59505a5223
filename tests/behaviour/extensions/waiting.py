"""A call in another thread, and the messages of a database that it meets there."""

from concurrent.futures import ThreadPoolExecutor

FLUSH = r"^This Session's transaction has been rolled back due to a previous exception"
POOL = (
    r"^QueuePool limit of size 1 overflow 0 reached, "
    r"connection timed out, timeout 0\.00 "
)


def in_a_thread(function, *arguments):
    """Return what the function returns in a new thread, or raise what it raises."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(function, *arguments).result()
