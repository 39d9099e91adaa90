# entry: call run()
# returns: ['point', 12, ('square', 3), 10, None]
# about: match on classes by position and by name, with guards and as
from dataclasses import dataclass


@dataclass
class Circle:
    radius: int


@dataclass
class Box:
    width: int
    height: int


def area(shape):
    match shape:
        case Circle(radius=0):
            return "point"
        case Circle(r):
            return 3 * r * r
        case Box(w, h) if w == h:
            return "square", w
        case Box(width=w) as box:
            return w * box.height
    return None


def run():
    return [area(shape) for shape in (Circle(0), Circle(2), Box(3, 3), Box(2, 5), "none")]
