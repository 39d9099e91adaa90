# entry: call run()
# returns: ['<p>', 'p', '</p>']
# about: a context manager of the program, entered and left
class Tag:
    def __init__(self, name, out):
        self.name = name
        self.out = out

    def __enter__(self):
        self.out.append(f"<{self.name}>")
        return self

    def __exit__(self, kind, value, trace):
        self.out.append(f"</{self.name}>")
        return False


def run():
    out = []
    with Tag("p", out) as tag:
        out.append(tag.name)
    return out
