def backwards(items: list[int]) -> list[int]:
    return items[::-1]
