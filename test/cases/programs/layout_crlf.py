# entry: call run(3)
# returns: (6, 'a\nb')
# about: lines that end with CR LF
def run(n):
    text = """a
b"""
    if n > 2:
        n = n + \
            len(text)
    return n, text
