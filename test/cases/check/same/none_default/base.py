def limit_of(limit: int | None = None) -> int:
    if limit is None:
        limit = 100
    return limit
