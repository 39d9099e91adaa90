def to_number(text):
    return int(text)


def parse(text):
    pairs = {}
    for part in text.split(";"):
        key, value = part.split("=")
        pairs[key.strip()] = to_number(value)
    return pairs


def main():  # << START_OF_TRACE
    try:
        return parse("width=80; height=tall")
    except ValueError as error:
        return str(error)
