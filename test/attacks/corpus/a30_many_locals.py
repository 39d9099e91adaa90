# class: A30
# about: many locals, all of them looked at in each step
# entry: call f()
# claim: {"kind": "output", "returns": "0"}
# verdict: inconclusive budget | inconclusive memory
exec('def g():\n' + ''.join(f' v{i} = {i}\n' for i in range(20000)) + ' return 0\n')


class Many:
    exec(''.join(f'v{i} = "{i:0>200}"\n' for i in range(2000)))


def f():
    class Body:
        vars().update(vars(Many))
        n = 0
        while n < 10**4:
            n += 1
    return 0
