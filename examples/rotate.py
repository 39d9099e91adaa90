def rotate(items, by):
    by %= len(items)
    tail = items[-by:]
    head = items[:-by]
    return tail + head


def main():  # << START_OF_TRACE
    return rotate([1, 2, 3, 4, 5], 7)
