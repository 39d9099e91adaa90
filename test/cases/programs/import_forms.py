# entry: script
# about: every form of import, at several levels
import math, string as s
import collections.abc
from math import (
    pi as PI,
    floor,
)


def late():
    from math import ceil

    import json as j

    return ceil(1.2), j.dumps([1])


total = math.sqrt(4) + floor(PI) + len(s.digits)
both = late(), isinstance([], collections.abc.Sequence)
