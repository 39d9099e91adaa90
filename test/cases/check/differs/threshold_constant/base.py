LIMIT = 10


def is_allowed(count: int) -> bool:
    return count < LIMIT
