from typing import Optional


def limit_of(limit: Optional[int]) -> int:
    return 100 if limit is None else limit
