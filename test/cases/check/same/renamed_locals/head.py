def initials(name: str) -> str:
    letters = ''
    for word in name.split():
        letters += word[0].upper()
    return letters
