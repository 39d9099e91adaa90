def without_none(items: list[int]) -> list[int]:
    if None not in items:
        return list(items)
    return [item for item in items if item is not None]
