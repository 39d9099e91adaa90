def backwards(items: list[int]) -> list[int]:
    found = []
    for item in items:
        found.insert(0, item)
    return found
