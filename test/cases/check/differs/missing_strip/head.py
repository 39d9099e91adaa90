def tags(text: str) -> list[str]:
    return [tag.strip() for tag in text.split(',')]
