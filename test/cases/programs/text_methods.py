# entry: call run("  Hello, World  ")
# returns: (['hello', 'world'], 'hE__O, wORLD', (4, 8, 3, 7), ('***Hello, World**', '007', '-007', 'x  |'), (('Hello', ', ', 'World'), ['a.b', 'c'], ['one', 'two']), (True, True, True, False), 'Jell, Wrld', 'hello-world')
# about: string methods
def run(text):
    clean = text.strip()
    words = clean.lower().split(", ")
    swapped = clean.swapcase().replace("L", "_", 2)
    found = clean.find("o"), clean.rfind("o"), clean.count("l"), clean.index("W")
    padded = clean.center(17, "*"), "7".zfill(3), "-7".zfill(4), "x".ljust(3) + "|"
    parts = clean.partition(", "), "a.b.c".rsplit(".", 1), "one\ntwo\r\n".splitlines()
    checks = "abc".isalpha(), "12".isdecimal(), "Ab".istitle(), "".isspace()
    table = str.maketrans({"H": "J", "o": None})
    return words, swapped, found, padded, parts, checks, clean.translate(table), "-".join(words)
