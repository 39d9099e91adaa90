def without_repeats(items: list[int]) -> list[int]:
    found = []
    for index, item in enumerate(items):
        if item not in items[:index]:
            found.append(item)
    return found
