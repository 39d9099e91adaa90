"""Rewrites a program so that whatever may see a box goes through the machine. Locations stay what they were.

The machine is a global of the module, under a name that programs may not use.
"""

import ast

from .machine import OPERATIONS

MACHINE = "_assay_"
_BINARY = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.LShift: "<<",
    ast.RShift: ">>",
    ast.BitAnd: "&",
    ast.BitOr: "|",
    ast.BitXor: "^",
    ast.MatMult: "@",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_NAMED_COMPARISONS = {ast.Is: "same", ast.IsNot: "different", ast.In: "inside", ast.NotIn: "outside"}
_UNARY = {ast.USub: "minus", ast.UAdd: "plus", ast.Invert: "invert"}
# CPython wants plain values from these methods.
_ANSWERING = frozenset("__hash__ __bool__ __str__ __repr__ __len__ __int__ __index__ __float__ __format__".split())
_SILENT = (ast.Global, ast.Nonlocal)


_LOAD = ast.Load()


def _place(node):
    """Where a node stands, for one that takes its place."""
    return {
        "lineno": node.lineno,
        "col_offset": node.col_offset,
        "end_lineno": node.end_lineno,
        "end_col_offset": node.end_col_offset,
    }


class Rewriter(ast.NodeTransformer):
    """Rewrites one module or expression.

    sites: takes the places that the new code names.
    """

    def __init__(self, sites):
        self._sites = sites
        self._temporaries = 0
        self._answering = [False]
        self._in_class = [False]

    # Making code

    def _load(self, name, at):
        place = _place(at)
        return ast.Attribute(ast.Name(MACHINE, _LOAD, **place), name, _LOAD, **place)

    def _number(self, value, at):
        return ast.Constant(value, **_place(at))

    def _call(self, name, at, *args):
        return ast.Call(self._load(name, at), list(args), [], **_place(at))

    def _site(self, node, **parts):
        return self._number(self._sites.add(node, **parts), node)

    def _truth(self, test):
        """A test, decided."""
        if isinstance(test, ast.Constant):
            return test
        last = test
        while isinstance(last, ast.BoolOp):
            # What stands before was decided where it stands.
            last = last.values[-1]
        site = self._site(last)
        return self._call("truth", test, self.visit(test), site)

    def _temporary(self):
        self._temporaries += 1
        return "%st%d" % (MACHINE, self._temporaries)

    # Statements

    def _begin(self, statement):
        return ast.copy_location(
            ast.Expr(self._call("begin_line", statement, self._number(statement.lineno, statement))), statement
        )

    def block(self, statements, docstring=False):
        """Statements, each after the note that it begins."""
        result = []
        for index, statement in enumerate(statements):
            is_text = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
            if isinstance(statement, _SILENT) or is_text and (docstring and index == 0 or statement.value.value is not ...):
                result.append(statement)
                continue
            if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
                result.append(statement)
                continue
            if not isinstance(statement, ast.While):
                result.append(self._begin(statement))
            rewritten = self.visit(statement)
            result.extend(rewritten if isinstance(rewritten, list) else [rewritten])
        return result

    def visit_Module(self, node):
        node.body = self.block(node.body, docstring=True)
        return node

    def _function(self, node):
        node.decorator_list = [self.visit(one) for one in node.decorator_list]
        node.args = self._arguments(node.args)
        self._answering.append(self._in_class[-1] and node.name in _ANSWERING)
        self._in_class.append(False)
        node.body = self.block(node.body, docstring=True)
        if node.name == "__exit__":
            node.body.insert(0, self._reraise(node))
        self._in_class.pop()
        self._answering.pop()
        return node

    visit_FunctionDef = _function

    def visit_ClassDef(self, node):
        node.decorator_list = [self.visit(one) for one in node.decorator_list]
        node.bases = [self.visit(one) for one in node.bases]
        node.keywords = [self.visit(one) for one in node.keywords]
        self._in_class.append(True)
        node.body = self.block(node.body, docstring=True)
        self._in_class.pop()
        return node

    def _arguments(self, arguments):
        arguments.defaults = [self.visit(one) for one in arguments.defaults]
        arguments.kw_defaults = [one and self.visit(one) for one in arguments.kw_defaults]
        return arguments

    def visit_Lambda(self, node):
        node.args = self._arguments(node.args)
        self._answering.append(False)
        node.body = self.visit(node.body)
        self._answering.pop()
        return node

    def visit_Return(self, node):
        if node.value is None:
            return node
        site = self._site(node)
        node.value = self.visit(node.value)
        if self._answering[-1]:
            node.value = self._call("answered", node, node.value, site)
        return node

    def visit_If(self, node):
        node.test = self._truth(node.test)
        node.body = self.block(node.body)
        node.orelse = self.block(node.orelse)
        return node

    def visit_While(self, node):
        begin = self._call("begin_line", node, self._number(node.lineno, node))
        test = ast.BoolOp(ast.And(), [begin, self._truth(node.test)])
        node.test = ast.copy_location(test, node)
        node.body = self.block(node.body)
        node.orelse = self.block(node.orelse)
        return node

    def visit_For(self, node):
        site = self._site(node.iter)
        line = self._number(node.lineno, node)
        node.iter = self._call("loop", node.iter, self.visit(node.iter), line, site)
        node.target = self._target(node.target)
        node.body = self.block(node.body)
        node.orelse = self.block(node.orelse)
        return node

    def visit_Try(self, node):
        node.body = self.block(node.body)
        node.orelse = self.block(node.orelse)
        node.finalbody = self.block(node.finalbody)
        for handler in node.handlers:
            line = self._number(handler.lineno, handler)
            kind = handler.type
            visited = ast.copy_location(ast.Name("BaseException", ast.Load()), handler) if kind is None else self.visit(kind)
            if kind is not None:
                handler.type = self._call("caught", handler, visited, line)
            handler.body = [self._reraise(handler), *self.block(handler.body)]
        if node.finalbody:
            node.finalbody.insert(0, self._reraise(node.finalbody[0]))
        return node

    def _reraise(self, at):
        return ast.copy_location(ast.Expr(self._call("reraise", at)), at)

    visit_TryStar = visit_Try

    def visit_With(self, node):
        for item in node.items:
            item.context_expr = self.visit(item.context_expr)
            if item.optional_vars is not None:
                item.optional_vars = self._target(item.optional_vars)
        node.body = self.block(node.body)
        return node

    def visit_Assert(self, node):
        node.test = self._truth(node.test)
        node.msg = node.msg and self.visit(node.msg)
        return node

    def visit_Match(self, node):
        decided = any(isinstance(one, ast.MatchSingleton) for case in node.cases for one in ast.walk(case.pattern))
        site = self._site(node.subject)
        node.subject = self._call(
            "subject", node.subject, self.visit(node.subject), self._number(decided, node.subject), site
        )
        for case in node.cases:
            if case.guard is not None:
                case.guard = self._truth(case.guard)
            case.body = self.block(case.body)
        return node

    # Assignments

    def _target(self, target):
        if isinstance(target, ast.Subscript):
            site = self._site(target, right=target.slice)
            container = self._call("place", target, self.visit(target.value), site)
            return ast.copy_location(ast.Subscript(container, self.visit(target.slice), target.ctx), target)
        if isinstance(target, (ast.Tuple, ast.List)):
            target.elts = [self._target(one) for one in target.elts]
        elif isinstance(target, ast.Starred):
            target.value = self._target(target.value)
        elif isinstance(target, ast.Attribute):
            target.value = self.visit(target.value)
        return target

    def visit_Assign(self, node):
        site = self._site(node.value)
        node.value = self.visit(node.value)
        if any(isinstance(target, (ast.Tuple, ast.List)) for target in node.targets):
            if not isinstance(node.value, (ast.Tuple, ast.List)):
                node.value = self._call("spread", node.value, node.value, site)
        node.targets = [self._target(target) for target in node.targets]
        return node

    def visit_AnnAssign(self, node):
        # What annotations say is Python's own business: classes are made of them.
        node.value = node.value and self.visit(node.value)
        node.target = self._target(node.target)
        return node

    def visit_Delete(self, node):
        node.targets = [self._target(target) for target in node.targets]
        return node

    def visit_AugAssign(self, node):
        target, name = node.target, OPERATIONS[_BINARY[type(node.op)]]
        site = self._site(node, left=target, right=node.value)
        value = self.visit(node.value)
        if isinstance(target, ast.Name):
            old = ast.copy_location(ast.Name(target.id, ast.Load()), target)
            return ast.copy_location(ast.Assign([target], self._call("in_" + name, node, old, value, site)), node)
        opened = self._temporary()
        if isinstance(target, ast.Attribute):
            keep = self._assign(opened, self.visit(target.value), node)
            held = self._name(opened, node)
            old = ast.copy_location(ast.Attribute(held, target.attr, ast.Load()), target)
            target.value = self._name(opened, node)
            return [keep, ast.copy_location(ast.Assign([target], self._call("in_" + name, node, old, value, site)), node)]
        index_site = self._site(target, right=target.slice)
        keep = self._assign(
            opened, self._call("open_item", target, self.visit(target.value), self.visit(target.slice), index_site), node
        )
        close = self._call("close_item", node, self._name(opened, node), self._load("in_" + name, node), value, site)
        return [keep, ast.copy_location(ast.Expr(close), node)]

    def _name(self, name, at):
        return ast.copy_location(ast.Name(name, ast.Load()), at)

    def _assign(self, name, value, at):
        return ast.copy_location(ast.Assign([ast.copy_location(ast.Name(name, ast.Store()), at)], value), at)

    # Expressions

    def visit_BinOp(self, node):
        site = self._site(node, left=node.left, right=node.right)
        name = "do_" + OPERATIONS[_BINARY[type(node.op)]]
        return self._call(name, node, self.visit(node.left), self.visit(node.right), site)

    def visit_UnaryOp(self, node):
        if isinstance(node.operand, ast.Constant) and isinstance(node.op, ast.USub):
            return node
        site = self._site(node)
        name = "negated" if isinstance(node.op, ast.Not) else _UNARY[type(node.op)]
        return self._call(name, node, self.visit(node.operand), site)

    def visit_BoolOp(self, node):
        """`a and b`: b where the machine goes on, else what it kept."""
        is_and = isinstance(node.op, ast.And)
        result = self.visit(node.values[-1])
        for value in reversed(node.values[:-1]):
            test = self._call("goes_on" if is_and else "stops", value, self.visit(value), self._site(value))
            kept = self._call("take", value)
            branches = (result, kept) if is_and else (kept, result)
            result = ast.copy_location(ast.IfExp(test, *branches), node)
        return result

    def _comparison(self, operation):
        kind = type(operation)
        return _NAMED_COMPARISONS.get(kind) or "do_" + OPERATIONS[_BINARY[kind]]

    def visit_Compare(self, node):
        sites = [self._site(node, left=node.left, right=one) for one in node.comparators]
        values = [self.visit(one) for one in (node.left, *node.comparators)]
        names = [self._comparison(one) for one in node.ops]
        last = len(names) - 1
        left = values[0] if last == 0 else self._call("take", node)
        result = self._call(names[last], node, left, values[-1], sites[last])
        for index in range(last - 1, -1, -1):
            left = values[0] if index == 0 else self._call("take", node)
            compare = self._load(names[index], node)
            test = self._call("link", node, compare, left, values[index + 1], sites[index])
            result = ast.copy_location(ast.IfExp(test, result, self._call("take", node)), node)
        return result

    def visit_IfExp(self, node):
        node.test = self._truth(node.test)
        node.body = self.visit(node.body)
        node.orelse = self.visit(node.orelse)
        return node

    def visit_Call(self, node):
        if isinstance(node.func, ast.Name) and node.func.id == "super":
            return node
        first = node.args[0] if node.args else None
        site = self._site(node, first=first, right=first)
        function = self.visit(node.func)
        args = [self.visit(one) for one in node.args]
        for keyword in node.keywords:
            keyword.value = self.visit(keyword.value)
        call = ast.Call(self._load("call", node), [function, site, *args], node.keywords)
        return ast.copy_location(call, node)

    def visit_Starred(self, node):
        site = self._site(node.value)
        node.value = self._call("spread", node.value, self.visit(node.value), site)
        return node

    def visit_YieldFrom(self, node):
        site = self._site(node.value)
        node.value = self._call("spread", node.value, self.visit(node.value), site)
        return node

    def visit_Subscript(self, node):
        site = self._site(node, right=node.slice)
        return self._call("get", node, self.visit(node.value), self.visit(node.slice), site)

    def visit_Slice(self, node):
        bounds = [self.visit(one) if one is not None else self._constant_none(node) for one in (node.lower, node.upper, node.step)]
        return self._call("slice", node, *bounds)

    def _constant_none(self, at):
        return ast.copy_location(ast.Constant(None), at)

    def visit_JoinedStr(self, node):
        parts = []
        for value in node.values:
            if isinstance(value, ast.FormattedValue):
                spec = self._number("", node) if value.format_spec is None else self.visit_JoinedStr(value.format_spec)
                conversion = self._number(value.conversion, node)
                parts.append(self._call("formatted", node, self.visit(value.value), conversion, spec, self._site(node)))
            else:
                parts.append(value)
        return self._call("join_fields", node, *parts)

    def visit_Dict(self, node):
        """Items one after the other, so that keys are compared where they have to be."""
        items = []
        for key, value in zip(node.keys, node.values):
            held = self._constant_none(node) if key is None else self.visit(key)
            pair = ast.Tuple([self._number(key is not None, node), held, self.visit(value)], ast.Load())
            items.append(ast.copy_location(pair, node))
        if all(isinstance(key, ast.Constant) for key in node.keys):
            node.values = [item.elts[2] for item in items]
            return node
        site = self._site(node)
        return self._call("dict_of", node, ast.copy_location(ast.Tuple(items, ast.Load()), node), site)

    def visit_Set(self, node):
        site = self._site(node)
        elements = ast.copy_location(ast.Tuple([self.visit(one) for one in node.elts], ast.Load()), node)
        return self._call("set_of", node, elements, site)

    def _generators(self, generators):
        for generator in generators:
            site = self._site(generator.iter)
            generator.iter = self._call("each", generator.iter, self.visit(generator.iter), site)
            generator.target = self._target(generator.target)
            generator.ifs = [self._truth(one) for one in generator.ifs]
        return generators

    def _comprehension(self, node):
        node.generators = self._generators(node.generators)
        node.elt = self.visit(node.elt)
        return node

    visit_ListComp = visit_GeneratorExp = _comprehension

    def visit_SetComp(self, node):
        site = self._site(node)
        elements = ast.copy_location(ast.GeneratorExp(self.visit(node.elt), self._generators(node.generators)), node)
        return self._call("set_of", node, elements, site)

    def visit_DictComp(self, node):
        site = self._site(node)
        pair = ast.Tuple([self._number(True, node), self.visit(node.key), self.visit(node.value)], ast.Load())
        pairs = ast.copy_location(ast.GeneratorExp(ast.copy_location(pair, node), self._generators(node.generators)), node)
        return self._call("dict_of", node, pairs, site)


def rewrite(tree, sites):
    """The same program for the machine. Each new node stands where the one stood that it takes the place of."""
    return Rewriter(sites).visit(tree)
