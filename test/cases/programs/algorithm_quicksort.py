# entry: call quicksort([3, 6, 1, 8, 2])
# returns: [1, 2, 3, 6, 8]
# about: recursion over comprehensions
def quicksort(items):
    if len(items) < 2:
        return items
    pivot, *rest = items
    low = [x for x in rest if x < pivot]
    high = [x for x in rest if x >= pivot]
    return quicksort(low) + [pivot] + quicksort(high)
