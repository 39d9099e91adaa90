# entry: call run(4)
# returns: [(2, 0), (2, 1), (3, 0), (3, 1), (3, 2)]
# about: break and continue in nested loops
def run(n):
    pairs = []
    for i in range(n):
        if i == 1:
            continue
        for j in range(n):
            if j == i:
                continue
            if j > 2:
                break
            pairs.append((i, j))
    while True:
        if not pairs:
            pass
        elif len(pairs) > 5:
            pairs.pop(0)
            continue
        break
    return pairs
