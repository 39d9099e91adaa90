def common(a: list[int], b: list[int]) -> list[int]:
    return sorted(item for item in a if item in b)
