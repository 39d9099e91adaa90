# class: A37
# about: asks the network
# entry: call f()
# claim: {"kind": "output", "returns": "200"}
# verdict: inconclusive unsupported
def f():
    from urllib.request import urlopen

    return urlopen('http://127.0.0.1:1/').status
