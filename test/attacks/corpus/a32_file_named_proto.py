# class: A32
# about: file names that mean something to the host's language
# entry: call f()
# claim: {"kind": "output", "returns": "2"}
# verdict: refuted | inconclusive unsupported
def f():
    for name in ('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'contents'):
        with open('/tmp/' + name, 'w') as file:
            file.write('x')
    return 1
