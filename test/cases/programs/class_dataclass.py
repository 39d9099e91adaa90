# entry: call run()
# returns: (Item(price=3, name='thing', tags=[5]), Item(price=2, name='nut', tags=['new', 3]), True, True)
# about: a dataclass with defaults, a field factory and __post_init__
from dataclasses import dataclass, field, replace


@dataclass(order=True)
class Item:
    price: int
    name: str = "thing"
    tags: list = field(default_factory=list)

    def __post_init__(self):
        self.tags.append(len(self.name))


def run():
    a = Item(3)
    b = replace(a, price=2, name="nut", tags=["new"])
    return a, b, b < a, a == Item(3)
