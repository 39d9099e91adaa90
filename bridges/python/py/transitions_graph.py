"""Writes a function over integers as places and steps between them (`core/transitions.ts`).

The second part of the program that ends with `transitions.py`, behind `transitions_terms.py`.
"""

import ast

MAX_PLACES = 2000


class Graph:
    """Places and steps of one function."""

    END = 0

    def __init__(self, function):
        self.terms = Terms()
        self.steps = []
        self.heads = []
        self.lines = []
        self.places = 1
        self.parameters = [argument.arg for argument in function.args.args]
        self.variables = list(self.parameters)
        self.hidden = 0
        self.loops = []
        self.start = self.place()
        last = self.block(function.body, self.start, set(self.parameters))
        if last is not None:
            self.step(last[0], self.END)

    def place(self):
        if self.places >= MAX_PLACES:
            raise Unsupported("a program of this size")
        self.places += 1
        return self.places - 1

    def step(self, start, end, guard=None, updates=()):
        ref = self.terms.truth(True) if guard is None else guard
        self.steps.append({"from": start, "to": end, "guard": ref, "updates": list(updates)})

    def expressions(self, known):
        return Expressions(self.terms, known)

    def settle(self, place, defined):
        """Goes on where all of `defined` hold; where one does not, an exception ends the run."""
        if not defined:
            return place
        ok = self.terms.all(defined)
        after = self.place()
        self.step(place, after, ok)
        self.step(place, self.END, self.terms.negation(ok))
        return after

    def block(self, statements, place, known):
        """Returns `(place, names that have a value)` behind the statements, or None where none goes on."""
        here = (place, known)
        for statement in statements:
            method = getattr(self, type(statement).__name__, None)
            if method is None:
                raise Unsupported(type(statement).__name__, statement)
            here = method(statement, *here)
            if here is None:
                return None
        return here

    def Pass(self, node, place, known):
        return place, known

    def Expr(self, node, place, known):
        if isinstance(node.value, ast.Constant):
            return place, known
        value = self.expressions(known).value(node.value)
        return self.settle(place, value.defined), known

    def Assign(self, node, place, known):
        if len(node.targets) != 1:
            raise Unsupported("several targets", node)
        (target,) = node.targets
        if isinstance(target, ast.Name):
            return self.give([(target, node.value)], place, known)
        plain = (
            isinstance(target, ast.Tuple)
            and isinstance(node.value, ast.Tuple)
            and len(target.elts) == len(node.value.elts)
            and all(isinstance(one, ast.Name) for one in target.elts)
            and len({one.id for one in target.elts}) == len(target.elts)
        )
        if not plain:
            raise Unsupported("an assignment of this form", node)
        return self.give(list(zip(target.elts, node.value.elts)), place, known)

    def AnnAssign(self, node, place, known):
        raise Unsupported("an annotated assignment", node)

    def AugAssign(self, node, place, known):
        if not isinstance(node.target, ast.Name):
            raise Unsupported("an assignment of this form", node)
        left = ast.copy_location(ast.Name(node.target.id, ast.Load()), node)
        operation = ast.copy_location(ast.BinOp(left, node.op, node.value), node)
        return self.give([(node.target, operation)], place, known)

    def give(self, pairs, place, known):
        expressions = self.expressions(known)
        values = [(target.id, expressions.int(node)) for target, node in pairs]
        place = self.settle(place, [term for _, value in values for term in value.defined])
        for name, _ in values:
            if name not in self.variables:
                self.variables.append(name)
        after = self.place()
        self.step(place, after, None, [[name, value.ref] for name, value in values])
        return after, known | {name for name, _ in values}

    def branch(self, test, place, known):
        """Places where the test holds and where it does not."""
        value = self.expressions(known).condition(test)
        place = self.settle(place, value.defined)
        yes, no = self.place(), self.place()
        self.step(place, yes, value.ref)
        self.step(place, no, self.terms.negation(value.ref))
        return yes, no

    def join(self, ends):
        ends = [end for end in ends if end is not None]
        if not ends:
            return None
        after = self.place()
        for place, _ in ends:
            self.step(place, after)
        return after, set.intersection(*[set(known) for _, known in ends])

    def If(self, node, place, known):
        yes, no = self.branch(node.test, place, known)
        return self.join([self.block(node.body, yes, known), self.block(node.orelse, no, known)])

    def head(self, place, node):
        head = self.place()
        self.heads.append(head)
        self.lines.append(node.lineno)
        self.step(place, head)
        return head

    def loop(self, node, back, yes, no, known):
        ends = []
        self.loops.append((back, ends))
        last = self.block(node.body, yes, known)
        self.loops.pop()
        if last is not None:
            self.step(last[0], back)
        return self.join([self.block(node.orelse, no, known)] + ends)

    def While(self, node, place, known):
        head = self.head(place, node)
        yes, no = self.branch(node.test, head, known)
        return self.loop(node, head, yes, no, known)

    def For(self, node, place, known):
        call = node.iter
        is_range = (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Name)
            and call.func.id == "range"
            and not call.keywords
            and 1 <= len(call.args) <= 3
            and not any(isinstance(argument, ast.Starred) for argument in call.args)
        )
        if not is_range or not isinstance(node.target, ast.Name):
            raise Unsupported("a loop over anything but a range", node)
        stride = self.stride(call)
        values = [self.expressions(known).int(argument) for argument in call.args[:2]]
        first, stop = values if len(values) == 2 else (Value(self.terms.int(0), False, []), values[0])
        place = self.settle(place, [term for value in values for term in value.defined])
        self.hidden += 1
        counter, end = "range %d" % self.hidden, "stop %d" % self.hidden
        self.variables += [counter, end]
        begun = self.place()
        self.step(place, begun, None, [[counter, first.ref], [end, stop.ref]])
        head = self.head(begun, node)
        pair = [self.terms.row("var", counter), self.terms.row("var", end)]
        more = self.terms.row("lt", *(pair if stride > 0 else pair[::-1]))
        yes, no = self.place(), self.place()
        if node.target.id not in self.variables:
            self.variables.append(node.target.id)
        following = self.terms.row("add", pair[0], self.terms.int(stride))
        self.step(head, yes, more, [[node.target.id, pair[0]], [counter, following]])
        self.step(head, no, self.terms.negation(more))
        ends = []
        self.loops.append((head, ends))
        last = self.block(node.body, yes, known | {node.target.id})
        self.loops.pop()
        if last is not None:
            self.step(last[0], head)
        return self.join([self.block(node.orelse, no, known)] + ends)

    def stride(self, call):
        if len(call.args) < 3:
            return 1
        try:
            stride = ast.literal_eval(call.args[2])
        except ValueError:
            stride = None
        if type(stride) is not int or stride == 0:
            raise Unsupported("a range with an unknown step", call)
        return stride

    def Break(self, node, place, known):
        self.loops[-1][1].append((place, known))

    def Continue(self, node, place, known):
        self.step(place, self.loops[-1][0])

    def Return(self, node, place, known):
        if node.value is not None and not isinstance(node.value, (ast.Constant, ast.Tuple)):
            self.expressions(known).value(node.value)
        elif isinstance(node.value, ast.Tuple):
            for part in node.value.elts:
                self.expressions(known).value(part)
        self.step(place, self.END)

    def Raise(self, node, place, known):
        raise Unsupported("raise", node)

    def Assert(self, node, place, known):
        if node.msg is not None and not isinstance(node.msg, ast.Constant):
            raise Unsupported("a message that is computed", node)
        yes, no = self.branch(node.test, place, known)
        self.step(no, self.END)
        return yes, known
