# class: P8
# about: claims what the program prints in another world
# entry: call f()
# stdin: "3\n"
# claim: {"kind": "output", "returns": "'4'"}
# verdict: refuted
# truth: {"kind": "output", "returns": "'3'"}
def f():
    return input()
