def item_at(items: list[int], index: int) -> int:
    if index >= len(items):
        raise KeyError(index)
    return items[index]
