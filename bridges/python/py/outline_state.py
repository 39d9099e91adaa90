"""Whether a function may keep anything between calls: a part of `outline.py`.

It errs to one side: of a function that is not understood, it says so. A function keeps nothing where all that it can
reach and that outlives a call is immutable, or is only read: its defaults, the module's names, and what these hold.
The answer leans on the rules for runs with terms (`shadow/screen.py`), which keep programs from reaching objects in
other ways, such as `globals`, `setattr` and frames.
"""

import ast
import builtins

# Modules that keep nothing that a caller could notice.
_PURE = frozenset(
    "__future__ bisect collections functools heapq itertools math operator re string textwrap typing unicodedata".split()
)
# Results that come from outside of the arguments, or differ from process to process.
_UNSTEADY = frozenset("input id hash object open breakpoint".split())
# Decorators that call nothing of the program.
_PLAIN_DECORATORS = frozenset("staticmethod classmethod property dataclass abstractmethod overload".split())
_READING_METHODS = frozenset("get items keys values index count".split())
_SET_METHODS = frozenset("add discard remove clear isdisjoint issubset issuperset".split())
# Built-in functions that are taken for what they are.
_TRUSTED = frozenset("len sorted bool map filter set frozenset list tuple sum min max any all enumerate isinstance".split())
_VIEW_READERS = frozenset("len sorted list tuple sum min max any all enumerate".split())
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_SCOPES = (*_FUNCTIONS, ast.Lambda)


class _Binding:
    """What a name of the module stands for: `def`, `error`, `import`, `constant`, `table`, `members` or `other`."""

    def __init__(self, kind, node=None):
        self.kind = kind
        self.node = node


def _called(node):
    """The bare name that a call calls."""
    return node.func.id if type(node) is ast.Call and type(node.func) is ast.Name else None


def _is_set(node):
    return type(node) in (ast.Set, ast.SetComp) or _called(node) in ("set", "frozenset")


def _parents(root):
    found = {}
    for node in ast.walk(root):
        for child in ast.iter_child_nodes(node):
            found[child] = node
    return found


def _only_tests(node, parents):
    """Whether an expression is only asked for its members: their order does not show."""
    parent = parents.get(node)
    if type(parent) is ast.Compare:
        places = [index for index, one in enumerate(parent.comparators) if one is node]
        return bool(places) and all(type(parent.ops[index]) in (ast.In, ast.NotIn) for index in places)
    if type(parent) is ast.Call and parent.args == [node] and not parent.keywords:
        return _called(parent) in ("len", "sorted", "bool")
    return False


class StateReader:
    """Reads one module."""

    def __init__(self, tree):
        self._tree = tree
        self._bindings = {}
        self._reason = None
        self._looked_at = {}
        self.main_line = self._main_line()
        body = tree.body if self.main_line is None else tree.body[:-1]
        self._body = body
        self._parents = _parents(tree)
        for statement in body:
            self._bind(statement)
        self._drop_changed()
        self._judge_module()

    def _main_line(self):
        """Line of a last statement `if __name__ == '__main__':`, which an import leaves out."""
        last = self._tree.body[-1] if self._tree.body else None
        if type(last) is ast.If and not last.orelse and ast.unparse(last.test) == "__name__ == '__main__'":
            return last.lineno
        return None

    def names(self):
        """Names that the module binds, and some more: inside of branches and loops, all that stand there."""
        return sorted(self._bindings)

    def _add(self, name, binding):
        # A name that is bound twice is not looked into.
        self._bindings[name] = _Binding("other") if name in self._bindings else binding

    def _bind(self, node):
        kind = type(node)
        if kind is ast.FunctionDef and not node.decorator_list:
            self._add(node.name, _Binding("def", node))
            self._bind_others([*node.args.defaults, *node.args.kw_defaults])
        elif kind is ast.ClassDef and self._is_error(node):
            self._add(node.name, _Binding("error"))
        elif kind is ast.Import:
            for alias in node.names:
                self._add(alias.asname or alias.name.split(".")[0], _Binding("import", alias.name.split(".")[0]))
        elif kind is ast.ImportFrom:
            for alias in node.names:
                self._add(alias.asname or alias.name, _Binding("import", "" if node.level else node.module))
        elif kind in (ast.Assign, ast.AnnAssign) and self._is_plain_assignment(node):
            if node.value is not None:
                target = node.targets[0] if kind is ast.Assign else node.target
                self._add(target.id, _Binding(self._kind_of(node.value)))
        else:
            self._bind_others([node])

    @staticmethod
    def _is_plain_assignment(node):
        targets = node.targets if type(node) is ast.Assign else [node.target]
        if any(type(one) is ast.NamedExpr for one in ast.walk(node)):
            return False
        return len(targets) == 1 and type(targets[0]) is ast.Name

    def _bind_others(self, nodes):
        """All names that statements bind in ways that are not looked into."""
        for root in nodes:
            for node in ast.walk(root) if root is not None else ():
                if type(node) is ast.Name and type(node.ctx) is not ast.Load:
                    self._add(node.id, _Binding("other"))
                elif type(node) in (*_FUNCTIONS, ast.ClassDef):
                    self._add(node.name, _Binding("other"))
                elif type(node) is ast.alias:
                    self._add(node.asname or node.name.split(".")[0], _Binding("other"))
                elif type(node) in (ast.ExceptHandler, ast.MatchAs, ast.MatchStar) and node.name is not None:
                    self._add(node.name, _Binding("other"))
                elif type(node) is ast.MatchMapping and node.rest is not None:
                    self._add(node.rest, _Binding("other"))

    def _is_error(self, node):
        """An exception of its own, without anything of its own."""
        if node.decorator_list or node.keywords or len(node.bases) != 1 or type(node.bases[0]) is not ast.Name:
            return False
        base = node.bases[0].id
        known = self._bindings.get(base)
        own = getattr(builtins, base, None)
        is_error = known.kind == "error" if known is not None else isinstance(own, type) and issubclass(own, Exception)
        return is_error and all(
            type(one) is ast.Pass or (type(one) is ast.Expr and type(one.value) is ast.Constant) for one in node.body
        )

    def _kind_of(self, value):
        if self._is_immutable(value):
            return "constant"
        if type(value) is ast.List and all(self._is_immutable(one) for one in value.elts):
            return "table"
        if type(value) is ast.Dict and all(one is not None and self._is_immutable(one) for one in value.keys):
            return "table" if all(self._is_immutable(one) for one in value.values) else "other"
        if type(value) is ast.Set and all(self._is_immutable(one) for one in value.elts):
            return "members"
        if _called(value) in ("set", "frozenset") and _called(value) not in self._bindings and not value.keywords:
            return "members" if len(value.args) == 1 and type(value.args[0]) is ast.Constant else "other"
        return "other"

    def _is_immutable(self, node):
        kind = type(node)
        if kind is ast.Constant:
            return True
        if kind is ast.UnaryOp:
            return self._is_immutable(node.operand)
        if kind is ast.BinOp:
            return self._is_immutable(node.left) and self._is_immutable(node.right)
        if kind is ast.Tuple:
            return all(self._is_immutable(one) for one in node.elts)
        if kind is ast.Name:
            known = self._bindings.get(node.id)
            return known is not None and known.kind == "constant"
        if kind is ast.Attribute and type(node.value) is ast.Name:
            known = self._bindings.get(node.value.id)
            is_import = known is not None and known.kind == "import" and known.node == node.value.id
            return is_import and node.value.id in ("math", "string") and node.attr != "Template" and node.attr != "Formatter"
        return False

    def _drop_changed(self):
        """A container stays what it is where no code of the module, at import or later, does more than read it."""
        for node in ast.walk(self._tree):
            if type(node) is not ast.Name or type(node.ctx) is not ast.Load:
                continue
            known = self._bindings.get(node.id)
            is_container = known is not None and known.kind in ("table", "members")
            if is_container and not self._is_read(node, self._parents):
                self._bindings[node.id] = _Binding("other")

    def _judge_module(self):
        """Finds what could give a function or a module something to keep."""
        sets_own = False
        methods = {
            id(one): one.args.args[0].arg
            for node in ast.walk(self._tree)
            if type(node) is ast.ClassDef
            for one in node.body
            if type(one) is ast.FunctionDef and one.args.args
        }
        stack = [(one, None) for one in self._body]
        while stack:
            node, own = stack.pop()
            kind = type(node)
            if kind is ast.Global:
                self._reason = "the module has a `global` statement"
            elif kind is ast.Name and node.id == "__name__":
                self._reason = "the module asks for its name"
            elif kind is ast.Attribute and type(node.ctx) is not ast.Load:
                if own is None or type(node.value) is not ast.Name or node.value.id != own:
                    self._reason = "the module sets an attribute, `%s`" % ast.unparse(node)[:60]
                sets_own = True
            elif kind is ast.ClassDef and node.keywords:
                self._reason = "the class %s has a metaclass" % node.name
            inner = methods.get(id(node), own)
            stack.extend((child, inner) for child in ast.iter_child_nodes(node))
        if sets_own and self._calls_at_import():
            self._reason = "importing the module makes calls"

    def _calls_at_import(self):
        stack = list(self._body)
        while stack:
            node = stack.pop()
            if isinstance(node, _SCOPES):
                decorators = getattr(node, "decorator_list", [])
                if any(type(one) is not ast.Name or one.id not in _PLAIN_DECORATORS for one in decorators):
                    return True
                if any(one.id in self._bindings and self._bindings[one.id].kind != "import" for one in decorators):
                    return True
                stack.extend(one for one in [*node.args.defaults, *node.args.kw_defaults] if one is not None)
                continue
            if type(node) is ast.Call:
                return True
            stack.extend(ast.iter_child_nodes(node))
        return False

    def reason(self, name):
        """Why a function may keep something between calls, or depend on more than its arguments; None where not."""
        if self._reason is not None:
            return self._reason
        seen = set()
        waiting = [name]
        while waiting:
            one = waiting.pop()
            if one in seen:
                continue
            seen.add(one)
            binding = self._bindings.get(one)
            if binding is None or binding.kind != "def":
                return "`%s` is no plain function" % one
            if one not in self._looked_at:
                reached = []
                self._looked_at[one] = (self._reason_of(binding.node, reached), reached)
            found, reached = self._looked_at[one]
            if found is not None:
                return found
            waiting.extend(reached)
        return None

    def _reason_of(self, function, waiting):
        """Why one function alone may; the functions that it calls are added to `waiting`."""
        defaults = [one for one in [*function.args.defaults, *function.args.kw_defaults] if one is not None]
        if not all(self._is_immutable(one) for one in defaults):
            return "a default of %s can change" % function.name
        bound = {one.arg for one in ast.walk(function) if type(one) is ast.arg}
        bound |= {one.id for one in ast.walk(function) if type(one) is ast.Name and type(one.ctx) is not ast.Load}
        bound |= {one.name for one in ast.walk(function) if one is not function and type(one) in (*_FUNCTIONS, ast.ClassDef)}
        again = (bound | self._bindings.keys()) & _TRUSTED
        if again:
            return "`%s` stands for something else" % min(again)
        annotations = self._annotations(function)
        for node in ast.walk(function):
            if node in annotations:
                continue
            found = self._fault(node, function, waiting)
            if found is not None:
                return found
        return None

    @staticmethod
    def _annotations(function):
        """Nodes of annotations that a call does not evaluate: its own, and those of its variables."""
        arguments = function.args
        own = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
        roots = [one.annotation for one in own if one is not None]
        roots.append(function.returns)
        roots.extend(one.annotation for one in ast.walk(function) if type(one) is ast.AnnAssign and one.simple)
        return {node for root in roots if root is not None for node in ast.walk(root)}

    def _fault(self, node, function, waiting):
        kind = type(node)
        parents = self._parents
        if kind is ast.Attribute and node.attr == "register":
            return "it registers a class"
        if kind is ast.Attribute and node.attr in ("keys", "items"):
            # What these give can be joined like sets, and then has an order that shows.
            return None if self._is_plain_view(node) else "the order of a set may show"
        if kind in (ast.Import, ast.ImportFrom):
            modules = [one.name for one in node.names] if kind is ast.Import else [node.module or ""]
            wrong = [one for one in modules if one.split(".")[0] not in _PURE]
            return "it imports %s" % wrong[0] if wrong else None
        if _is_set(node):
            return None if self._is_steady_set(node, function, parents) else "the order of a set may show"
        if kind is ast.Name:
            return self._name_fault(node, parents, waiting)
        return None

    def _is_plain_view(self, node):
        call = self._parents.get(node)
        if type(call) is not ast.Call or call.func is not node:
            return False
        parent = self._parents.get(call)
        if type(parent) in (ast.For, ast.comprehension):
            return parent.iter is call
        return _only_tests(call, self._parents) or _called(parent) in _VIEW_READERS

    def _is_steady_set(self, node, function, parents):
        if _only_tests(node, parents):
            return True
        parent = parents.get(node)
        if type(parent) not in (ast.Assign, ast.AnnAssign):
            return False
        targets = parent.targets if type(parent) is ast.Assign else [parent.target]
        if len(targets) != 1 or type(targets[0]) is not ast.Name:
            return False
        uses = [
            one for one in ast.walk(function) if type(one) is ast.Name and one.id == targets[0].id and type(one.ctx) is ast.Load
        ]
        return all(_only_tests(one, parents) or self._is_method(one, parents, _SET_METHODS) for one in uses)

    @staticmethod
    def _is_method(node, parents, methods):
        parent = parents.get(node)
        if type(parent) is not ast.Attribute or parent.attr not in methods:
            return False
        call = parents.get(parent)
        return type(call) is ast.Call and call.func is parent

    def _name_fault(self, node, parents, waiting):
        name = node.id
        binding = self._bindings.get(name)
        if binding is None:
            if name in _UNSTEADY or (name.startswith("__") and name.endswith("__")):
                return "it uses `%s`" % name
            if name in ("set", "frozenset") and not self._is_asked_about(node):
                return "the order of a set may show"
            return None
        if binding.kind in ("constant", "error"):
            return None
        if binding.kind == "import":
            return None if binding.node.split(".")[0] in _PURE else "it uses `%s`" % name
        if binding.kind == "def":
            waiting.append(name)
            return None if self._is_used_as_function(node, parents) else "`%s` is handed on" % name
        if binding.kind == "table":
            return None if self._is_read(node, parents) else "`%s` may be changed" % name
        if binding.kind == "members":
            return None if _only_tests(node, parents) else "the order of `%s` may show" % name
        return "`%s` may change" % name

    def _is_asked_about(self, node):
        parent = self._parents.get(node)
        return type(parent) is ast.Call and (parent.func is node or _called(parent) == "isinstance")

    @staticmethod
    def _is_used_as_function(node, parents):
        parent = parents.get(node)
        if type(parent) is ast.Call:
            return parent.func is node or (_called(parent) in ("map", "filter") and parent.args[:1] == [node])
        return type(parent) is ast.keyword and parent.arg == "key"

    def _is_read(self, node, parents):
        if type(node.ctx) is not ast.Load:
            return False
        if _only_tests(node, parents) or self._is_method(node, parents, _READING_METHODS):
            return True
        parent = parents.get(node)
        if type(parent) is ast.Subscript:
            return parent.value is node and type(parent.ctx) is ast.Load
        return type(parent) in (ast.For, ast.comprehension) and parent.iter is node
