# entry: call run(["1", "2", "x"])
# returns: "invalid literal for int() with base 10: 'x'"
# about: an exception that leaves a comprehension
def run(texts):
    try:
        numbers = [int(text) for text in texts]
    except ValueError as error:
        return str(error)
    return numbers
