# entry: call run([5, 1, 8, 3, 2])
# returns: ([1, 2], [3, 5, 8], 2, [1, 2, 3, 4, 5, 8], [1, 2])
# about: heapq and bisect
import bisect
import heapq


def run(numbers):
    heap = []
    for n in numbers:
        heapq.heappush(heap, n)
    smallest = [heapq.heappop(heap) for _ in range(2)]
    ordered = sorted(numbers)
    at = bisect.bisect_left(ordered, 3)
    bisect.insort(ordered, 4)
    return smallest, heap, at, ordered, heapq.nlargest(2, numbers, key=lambda n: -n)
