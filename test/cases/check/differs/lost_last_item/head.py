def pairs(items: list[int]) -> list[list[int]]:
    found = []
    for index in range(0, len(items), 2):
        found.append(items[index : index + 2])
    return found
