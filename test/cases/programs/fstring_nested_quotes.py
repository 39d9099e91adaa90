# entry: call run({"a": 1})
# returns: '1 2'
# python: 3.14
# about: f-strings with the same quotes inside
def run(table):
    text = f"{table["a"]} {f"{f"{1 + 1}"}"}"
    return text
