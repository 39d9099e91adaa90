def search(items, target):
    low, high = 0, len(items) - 1
    while low <= high:
        middle = (low + high) // 2
        if items[middle] == target:
            return middle
        if items[middle] < target:
            low = middle + 1
        else:
            high = middle - 1
    return None


def main():  # << START_OF_TRACE
    return search([2, 3, 5, 7, 11, 13], 11)
