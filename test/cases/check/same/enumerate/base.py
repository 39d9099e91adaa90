def indexes(text: str, letter: str) -> list[int]:
    found = []
    for index in range(len(text)):
        if text[index] == letter:
            found.append(index)
    return found
