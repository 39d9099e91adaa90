# entry: call shortest({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": ["e"], "e": []}, "a", "e")
# returns: ['a', 'b', 'd', 'e']
# about: breadth-first search with a queue
from collections import deque


def shortest(graph, start, goal):
    queue = deque([[start]])
    seen = [start]
    while queue:
        path = queue.popleft()
        for node in graph[path[-1]]:
            if node == goal:
                return path + [node]
            if node not in seen:
                seen.append(node)
                queue.append([*path, node])
    return None
