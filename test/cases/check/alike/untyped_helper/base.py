def clean(words):
    result = []
    for word in words:
        result.append(word.strip().lower())
    return result
