LIMIT = 12


def is_allowed(count: int) -> bool:
    return count < LIMIT
