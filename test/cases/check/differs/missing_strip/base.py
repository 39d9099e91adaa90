def tags(text: str) -> list[str]:
    return text.split(',')
