def item_at(items: list[int], index: int) -> int:
    if index >= len(items):
        raise IndexError(index)
    return items[index]
