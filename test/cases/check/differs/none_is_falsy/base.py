from typing import Optional


def limit_of(limit: Optional[int]) -> int:
    return limit or 100
