# entry: call search([1, 3, 4, 7, 9, 11], 9)
# returns: 4
# about: binary search
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
    return -1
