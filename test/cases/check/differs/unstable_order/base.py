def by_length(words: list[str]) -> list[str]:
    return sorted(words, key=lambda word: (len(word), word))
