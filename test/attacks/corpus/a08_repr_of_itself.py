# class: A8
# about: containers whose reprs grow by a power with each level
# entry: call f()
# claim: {"kind": "output", "returns": "0"}
# verdict: inconclusive memory | inconclusive budget
def f():
    bomb = ['x']
    for _ in range(40):
        bomb = [bomb, bomb]
    return 0
