# entry: call run(3)
# returns: (6, 9)
# about: form feeds between functions, and characters that end lines only for str.splitlines
def double(n):
    return n * 2

def run(n):
    text = "abcd e"
    return double(n), len(text)
