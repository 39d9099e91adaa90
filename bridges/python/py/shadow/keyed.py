"""Dicts and sets whose keys have terms: that two keys are equal, or not, is decided before Python hashes them."""

NO_KEY = object()
_SETS = frozenset((set, frozenset))


class Keyed:
    """The part of the machine that looks up and stores keys."""

    def is_keyed(self, container):
        """Whether a dict or set may hold keys with terms."""
        return id(container) in self.keyed

    def note_keys(self, container):
        """Keys with terms are in there from now on."""
        self.keyed[id(container)] = container
        if self.compares_unseen:
            self.concretise("keys in a program with dataclasses")

    def hash_of(self, box):
        if not self.hashing:
            self.concretise("hash")
        return hash(box.box_value)

    def find_key(self, container, key):
        """The key of a dict or set that equals `key`, or NO_KEY; decided where terms take part."""
        if not self.is_keyed(container) and not self.has_terms(key):
            return self.native_key(container, key)
        terms = self.terms
        equal = []
        for existing in container:
            term = self.equal_term(existing, key)
            if term is None:
                self.concretise("key of type %s" % type(self.bare(key)).__name__)
                term = terms.constant(self.plain(existing, "key") == self.plain(key, "key"))
            if terms.values[term]:
                self.decide(term, "%s is this key")
                return existing
            equal.append(term)
        self.decide(terms.any_of(equal), "%s is a key")
        return NO_KEY

    def native_key(self, container, key):
        return key if key in container else NO_KEY

    def store_key(self, container, key):
        """The key to store under: the equal one that is there, or `key` itself, of whose terms note is taken."""
        self.check_hashable(key)
        found = self.find_key(container, key)
        if found is not NO_KEY:
            return found
        if self.has_terms(key):
            self.note_keys(container)
        return key

    def check_hashable(self, key):
        with self.keys():
            hash(key)

    def put(self, mapping, key, value):
        key = self.store_key(mapping, key)
        with self.keys():
            mapping[key] = value

    def add(self, target, key):
        key = self.store_key(target, key)
        with self.keys():
            target.add(key)

    def native(self, function, *args):
        """Calls what hashes keys whose equality was decided."""
        with self.keys():
            return function(*args)

    def settled(self, value):
        """A value that Python may compare by itself: a dict or set with terms in its keys, deep inside, would be compared by
        the hashes of this run, so such a value loses its terms."""
        if not self.keyed or not self._holds_keyed(value):
            return value
        return self.plain(value, "comparison of keys")

    def _holds_keyed(self, value):
        pending, seen = [value], set()
        while pending:
            one = pending.pop()
            if id(one) in self.keyed:
                return True
            if id(one) not in seen and isinstance(one, (list, tuple, dict)):
                seen.add(id(one))
                pending.extend(one.values() if isinstance(one, dict) else one)
        return False

    # Making and joining

    def dict_of(self, items, site):
        """A dict of `(True, key, value)` and, for `**mapping`, `(False, None, mapping)`."""
        self.site = site
        result = {}
        for is_item, key, value in items:
            if is_item:
                self.put(result, key, value)
            else:
                self.put_all(result, value)
        return result

    def put_all(self, target, source):
        """`target.update(source)` for a mapping or pairs."""
        if isinstance(source, dict):
            for key in list(source):
                with self.keys():
                    value = dict.__getitem__(source, key)
                self.put(target, key, value)
        elif hasattr(source, "keys"):
            for key in source.keys():
                self.put(target, key, source[key])
        else:
            for pair in source:
                key, value = pair
                self.put(target, key, value)

    def set_of(self, elements, site=None):
        """A set of these."""
        if site is not None:
            self.site = site
        result = set()
        for element in elements:
            self.add(result, element)
        return result

    def keyed_set(self, kind, elements):
        """A set or frozenset of these, of which note is taken."""
        result = self.set_of(elements)
        if kind is not frozenset:
            return result
        with self.keys():
            frozen = frozenset(result)
        if self.is_keyed(result):
            self.note_keys(frozen)
        return frozen

    def members(self, container):
        """Elements of a set in the order of their hashes; for uses that do not depend on it."""
        return list(container)

    def union(self, one, other):
        return self.keyed_set(type(one), [*one, *other])

    def intersection(self, one, other):
        return self.keyed_set(type(one), [key for key in one if self.find_key(other, key) is not NO_KEY])

    def difference(self, one, other):
        return self.keyed_set(type(one), [key for key in one if self.find_key(other, key) is NO_KEY])

    def symmetric_difference(self, one, other):
        left = [key for key in one if self.find_key(other, key) is NO_KEY]
        return self.keyed_set(type(one), left + [key for key in other if self.find_key(one, key) is NO_KEY])

    def is_subset(self, one, other):
        return all(self.find_key(other, key) is not NO_KEY for key in one)

    def same_items(self, one, other):
        """`==` of two dicts."""
        if len(one) != len(other):
            return False
        for key in list(one):
            found = self.find_key(other, key)
            if found is NO_KEY:
                return False
            with self.keys():
                left, right = dict.__getitem__(one, key), dict.__getitem__(other, found)
            if not self.truth(self.do_equal(left, right, self.site)):
                return False
        return True

    def of_containers(self, name, native, a, b):
        """An operator whose left side is a set, a dict or a text."""
        kind_a, kind_b = type(a), type(b)
        if kind_a is str:
            return self.percent(a, b) if name == "%" and self.has_terms(b) else native(a, b)
        if not self.is_keyed(a) and not self.is_keyed(b):
            return native(self.settled(a), self.settled(b))
        if kind_a in _SETS and kind_b in _SETS and name in _OF_SETS:
            return _OF_SETS[name](self, a, b)
        if kind_a is dict and kind_b is dict and name in ("==", "!="):
            return self.same_items(a, b) is (name == "==")
        if kind_a is dict and kind_b is dict and name == "|":
            result = {}
            self.put_all(result, a)
            self.put_all(result, b)
            return result
        return native(self.plain(a, name), self.plain(b, name))

    def updated(self, name, native, a, b):
        """`a op= b` of a set or dict, which stays the same object."""
        if not self.is_keyed(a) and not self.is_keyed(b) and not self.has_terms(b):
            return native(a, b)
        if type(a) is dict and name == "|":
            self.put_all(a, b)
            return a
        if type(a) is set and type(b) in _SETS:
            self.replace(a, _OF_SETS[name](self, a, b))
            return a
        return native(self.plain(a, name), self.plain(b, name))

    def replace(self, target, result):
        """Makes a set hold what another one holds."""
        with self.keys():
            target.clear()
            target.update(result)
        if self.is_keyed(result):
            self.note_keys(target)


_OF_SETS = {
    "|": Keyed.union,
    "&": Keyed.intersection,
    "-": Keyed.difference,
    "^": Keyed.symmetric_difference,
    "<=": Keyed.is_subset,
    ">=": lambda machine, a, b: machine.is_subset(b, a),
    "<": lambda machine, a, b: len(a) < len(b) and machine.is_subset(a, b),
    ">": lambda machine, a, b: len(b) < len(a) and machine.is_subset(b, a),
    "==": lambda machine, a, b: len(a) == len(b) and machine.is_subset(a, b),
    "!=": lambda machine, a, b: not (len(a) == len(b) and machine.is_subset(a, b)),
}
