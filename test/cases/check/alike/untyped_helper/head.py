def _normal(word):
    return word.strip().lower()


def clean(words):
    return [_normal(word) for word in words]
