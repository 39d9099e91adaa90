# entry: main
# returns: 'cba'
# about: an entry chosen by its mark
def f(text):
    return text[::-1]


def main():  # << START_OF_TRACE
    return f("abc")
