"""Indexing, slicing and membership, and ranges, where a box takes part."""

import operator
import sys

from .arithmetic import is_number, is_text
from .boxes import BOXES, Bool, Int, Range, Str
from .keyed import NO_KEY

_SEQUENCES = frozenset((list, tuple))
_KEYED = frozenset((dict, set, frozenset))


class Containers:
    """The part of the machine that looks into containers."""

    # Indexing

    def item(self, container, index):
        kind = type(container)
        if kind in _SEQUENCES or kind is Str or kind is str:
            if type(index) is slice:
                return self.sliced(container, index)
            if is_number(index):
                return self._element(container, index)
        elif kind is Range:
            return self._range_item(container, index)
        elif issubclass(kind, dict):
            return self._value(container, index)
        if type(index) not in BOXES or self.is_own_type(kind):
            return operator.getitem(self.bare(container), index)
        result = operator.getitem(self.bare(container), self.bare(index))
        self.concretise("%s[...]" % kind.__name__)
        return result

    def _place(self, length, index):
        """Decides that an index is within, and gives its term counted from the start; None where it is not."""
        terms = self.terms
        term = self.term_of(index)
        within = terms.between(-length, term, length)
        if not self.decide(within, "%s is an index"):
            self.fits(index)
            return None
        size = terms.constant(length)
        return terms.ite(terms.lt(term, terms.constant(0)), terms.add(term, size), term)

    def fits(self, number):
        """Decides whether a number is one that C holds a length in, beyond which Python raises something else."""
        if type(number) in BOXES:
            self.decide(self.terms.between(-sys.maxsize - 1, self.term_of(number), sys.maxsize + 1), "%s is a size")

    def _element(self, container, index):
        spine = container.box_value if type(container) is Str else container
        if type(index) not in BOXES:
            if type(container) is Str:
                return self.string(spine[index], (container.box_chars[index],))
            return container[index]
        place = self._place(len(spine), index)
        if place is None:
            return spine[self.bare(index)]
        chosen = self._choice(container, place, self.bare(index))
        return self.at_place(container, place) if chosen is None else chosen

    def at_place(self, container, place):
        """The element at a place that is decided to be the one of this run."""
        position = self.terms.values[place]
        self.decide(self.terms.eq(place, self.terms.constant(position)), "%%s is index %d" % position)
        if type(container) is Str:
            return self.string(container.box_value[position], (container.box_chars[position],))
        return container[position]

    def _choice(self, container, place, index):
        """The element as a choice between all of one sort; None where they are not of one sort."""
        if is_text(container):
            value = self.text_of(container)[index]
            return self.string(value, (self._chain(place, self.char_terms(container)),))
        if all(type(self.bare(element)) is bool for element in container):
            value = self.bare(container[index])
            return self.boolean(value, self._chain(place, [self.bool_term_of(element) for element in container]))
        if all(type(self.bare(element)) is int for element in container):
            value = self.bare(container[index])
            return self.integer(value, self._chain(place, [self.term_of(element) for element in container]))
        if all(is_text(element) and len(element) == 1 for element in container):
            value = self.text_of(container[index])
            return self.string(value, (self._chain(place, [self.char_terms(element)[0] for element in container]),))
        return None

    def _chain(self, place, choices):
        terms = self.terms
        result = choices[-1]
        for position in range(len(choices) - 2, -1, -1):
            result = terms.ite(terms.eq(place, terms.constant(position)), choices[position], result)
        return result

    def bounds(self, length, index):
        """A slice without terms: each bound that has one is decided to lie, after clamping, where it does in this run."""
        step = self.pin(index.step) if index.step is not None else None
        if step == 0:
            return slice(None, None, 0)
        forward = step is None or step > 0
        low, high = (0, length) if forward else (-1, length - 1)
        return slice(self._bound(index.start, length, low, high), self._bound(index.stop, length, low, high), step)

    def _bound(self, bound, length, low, high):
        if type(bound) not in (Int, Bool):
            return bound if bound is None or type(bound) is int else self.bare(bound)
        terms = self.terms
        term = self.term_of(bound)
        moved = terms.ite(terms.lt(term, terms.constant(0)), terms.add(term, terms.constant(length)), term)
        value = terms.values[moved]
        if value <= low:
            self.decide(terms.le(moved, terms.constant(low)), "%%s <= %d" % low)
        elif value >= high:
            self.decide(terms.le(terms.constant(high), moved), "%%s >= %d" % high)
        else:
            self.decide(terms.eq(moved, terms.constant(value)), "%%s == %d" % value)
        return int(bound.box_value)

    def sliced(self, container, index):
        if type(container) is not Str:
            return container[self.bounds(len(container), index)]
        text = container.box_value
        plain = self.bounds(len(text), index)
        return self.string(text[plain], container.box_chars[plain])

    def _value(self, mapping, key):
        found = self.find_key(mapping, key)
        if found is NO_KEY:
            missing = getattr(type(mapping), "__missing__", None)
            if missing is None:
                self.check_hashable(key)
                raise KeyError(key)
            return self.native(self._missing, mapping, key)
        with self.keys():
            return dict.__getitem__(mapping, found)

    def _missing(self, mapping, key):
        if self.has_terms(key):
            self.note_keys(mapping)
        return type(mapping).__missing__(mapping, key)

    # Writing

    def set_item(self, container, index, value):
        kind = type(container)
        if kind is list:
            if type(index) is slice:
                self.note_order(value)
            index = self._exact_index(container, index)
        elif issubclass(kind, dict) and (type(index) in BOXES or self.is_keyed(container) or type(index) is tuple):
            self.put(container, index, value)
            return
        elif type(index) in BOXES and not self.is_own_type(kind):
            index = self.drop(index, "%s[...] = ..." % kind.__name__)
        container[index] = value

    def delete_item(self, container, index):
        kind = type(container)
        if kind is list:
            index = self._exact_index(container, index)
        elif issubclass(kind, dict) and (type(index) in BOXES or self.is_keyed(container) or type(index) is tuple):
            found = self.find_key(container, index)
            if found is NO_KEY:
                raise KeyError(index)
            with self.keys():
                del container[found]
            return
        elif type(index) in BOXES and not self.is_own_type(kind):
            index = self.drop(index, "del %s[...]" % kind.__name__)
        del container[index]

    def _exact_index(self, container, index):
        """An index without a term: the place that it names is decided."""
        if type(index) is slice:
            return self.bounds(len(container), index)
        if type(index) not in (Int, Bool):
            return index
        place = self._place(len(container), index)
        if place is None:
            return self.bare(index)
        position = self.terms.values[place]
        self.decide(self.terms.eq(place, self.terms.constant(position)), "%%s is index %d" % position)
        return position

    # Membership

    def contains(self, item, container):
        """`item in container`: a bool, or a box of one."""
        kind = type(container)
        if is_text(container):
            return self._contains_text(item, container)
        if kind in _SEQUENCES or kind in _KEYED:
            return self._contains_any(item, container)
        if kind is Range or kind is range:
            return self._contains_number(item, container)
        if issubclass(kind, dict):
            return self.find_key(container, item) is not NO_KEY
        return operator.contains(container, item)

    def _contains_text(self, item, container):
        if not is_text(item):
            return self.bare(item) in self.text_of(container)
        terms = self.terms
        part, whole = self.char_terms(item), self.char_terms(container)
        places = range(len(whole) - len(part) + 1)
        found = terms.any_of([self.same_chars(part, whole[place : place + len(part)]) for place in places])
        return self.boolean(self.text_of(item) in self.text_of(container), found)

    def _contains_any(self, item, container):
        if type(container) in _KEYED:
            self.check_hashable(item)
            if not self.is_keyed(container) and not self.has_terms(item):
                return item in container
        equal = [self.equal_term(element, item) for element in container]
        if None in equal:
            # `==` of the elements decides, one after the other.
            container, item = self.settled(container), self.settled(item)
            return any(element is item or element == item for element in container)
        found = self.terms.any_of(equal)
        return self.boolean(self.terms.values[found], found)

    def _contains_number(self, item, container):
        if not is_number(item) or container.__class__ is not range:
            return self.plain(item, "in range") in self.plain(container, "in range")
        terms = self.terms
        start, stop, step = self.range_parts(container)
        first, last = self.term_of(start), self.term_of(stop)
        term = self.term_of(item)
        if step > 0:
            within = terms.all_of((terms.le(first, term), terms.lt(term, last)))
        else:
            within = terms.all_of((terms.le(term, first), terms.lt(last, term)))
        on_step = terms.eq(terms.mod(terms.sub(term, first), terms.constant(step)), terms.constant(0))
        value = self.bare(item) in range(int(self.bare(start)), int(self.bare(stop)), step)
        return self.boolean(value, terms.all_of((within, on_step)))

    # Ranges

    def range_parts(self, numbers):
        """`(start, stop, step)` of a range, plain or not."""
        if type(numbers) is range:
            return numbers.start, numbers.stop, numbers.step
        return numbers.box_start, numbers.box_stop, numbers.box_step

    def count_up(self, numbers):
        """Yields the numbers of a range; whether there is one more is decided each time."""
        start, stop, step = self.range_parts(numbers)
        current = start
        while True:
            if not self.truth(self.comparison("<" if step > 0 else ">", current, stop)):
                return
            yield current
            current = self.arithmetic("+", current, step) if type(current) in BOXES else current + step

    def range_length(self, numbers):
        """`len` of a range, as a number with its term."""
        terms = self.terms
        start, stop, step = self.range_parts(numbers)
        distance = terms.sub(self.term_of(stop), self.term_of(start))
        rounded = terms.add(distance, terms.constant(step - 1 if step > 0 else step + 1))
        count = terms.floordiv(rounded, terms.constant(step))
        zero = terms.constant(0)
        length = terms.ite(terms.lt(count, zero), zero, count)
        return self.integer(len(range(int(self.bare(start)), int(self.bare(stop)), step)), length)

    def _range_item(self, numbers, index):
        if not is_number(index):
            return operator.getitem(self.plain(numbers, "range[...]"), self.plain(index, "range[...]"))
        length = self.range_length(numbers)
        start, _, step = self.range_parts(numbers)
        if self.truth(self.comparison("<", index, 0)):
            index = self.arithmetic("+", index, length)
        if not self.truth(self.comparison("<=", 0, index)) or not self.truth(self.comparison("<", index, length)):
            raise IndexError("range object index out of range")
        return self.arithmetic("+", start, self.arithmetic("*", index, step))
