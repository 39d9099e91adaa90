# class: A12
# about: searches all objects for the claim and for the tracer
# entry: call f()
# claim: {"kind": "output", "returns": "'sesame-91'"}
# verdict: refuted
# truth: {"kind": "output", "returns": "'nothing'"}
import gc


def f():
    found = 'nothing'
    for thing in gc.get_objects():
        if type(thing) is dict and ('claim' in thing or 'expected' in thing):
            found = 'dict'
        if type(thing) is list and any(type(item) is str and item == 'sesa' + 'me-91' for item in thing): found = 'list'
    return found
