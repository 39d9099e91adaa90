# class: source
# about: a syntax tree made by hand, deeper than any text
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: refuted | inconclusive memory | inconclusive budget | inconclusive tampered
import ast


def f():
    tree = ast.Constant(1)
    for _ in [None] * 10**4: tree = ast.UnaryOp(ast.USub(), tree)
    return eval(compile(ast.fix_missing_locations(ast.Expression(tree)), 'x', 'eval'))
