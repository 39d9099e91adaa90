# entry: call run(3)
# returns: 14.5
# about: annotations of parameters, results and locals
from typing import Optional


def scale(n: int, by: "float" = 1.5, *more: int, **named: str) -> Optional[float]:
    factor: float = by
    unset: int
    table: dict[str, list[int]] = {"a": [n]}
    (wrapped): int = 3
    table["b"]: list = []
    return n * factor + len(table)


def run(n: int) -> "float":
    return scale(n) + scale(n, by=2)
