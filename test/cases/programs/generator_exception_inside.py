# entry: call run()
# returns: [4, 6, 'zero']
# about: an exception raised in a generator arrives in the loop over it
def divide(numbers):
    for n in numbers:
        yield 12 // n


def run():
    out = []
    try:
        for value in divide([3, 2, 0, 1]):
            out.append(value)
    except ZeroDivisionError:
        out.append("zero")
    return out
