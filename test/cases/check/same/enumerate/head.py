def indexes(text: str, letter: str) -> list[int]:
    return [index for index, character in enumerate(text) if character == letter]
