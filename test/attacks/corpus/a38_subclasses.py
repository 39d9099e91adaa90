# class: A38
# about: climbs from a tuple to all classes
# entry: call f()
# claim: {"kind": "output", "returns": "['JsProxy']"}
# verdict: refuted
# truth: {"kind": "output", "returns": "[]"}
def f():
    wanted = ('JsProxy', 'Tracer', 'Claim', 'Replayer')
    return [one.__name__ for one in ().__class__.__bases__[0].__subclasses__() if one.__name__ in wanted]
