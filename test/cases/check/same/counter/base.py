def histogram(words: list[str]) -> dict[str, int]:
    counts = {}
    for word in words:
        if word not in counts:
            counts[word] = 0
        counts[word] += 1
    return counts
