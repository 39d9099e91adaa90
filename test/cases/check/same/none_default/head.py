def limit_of(limit: int | None = None) -> int:
    return 100 if limit is None else limit
