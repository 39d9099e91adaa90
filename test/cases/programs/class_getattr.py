# entry: call run()
# returns: (2, False, [('set', 'color', 'red'), ('jump', 3)])
# about: __getattr__, __setattr__ and __call__
class Recorder:
    def __init__(self):
        object.__setattr__(self, "log", [])

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *args: self(name, *args)

    def __setattr__(self, name, value):
        self.log.append(("set", name, value))

    def __call__(self, *call):
        self.log.append(call)
        return len(self.log)


def run():
    r = Recorder()
    r.color = "red"
    count = r.jump(3)
    missing = hasattr(r, "_hidden")
    return count, missing, r.log
