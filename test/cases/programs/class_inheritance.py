# entry: call run()
# returns: ['none: 0', 'square: 4', 'square: 24']
# about: inheritance, super() and the method resolution order
class Shape:
    def __init__(self, name):
        self.name = name

    def area(self):
        return 0

    def describe(self):
        return f"{self.name}: {self.area()}"


class Square(Shape):
    def __init__(self, side):
        super().__init__("square")
        self.side = side

    def area(self):
        return self.side**2


class Cube(Square):
    def area(self):
        return 6 * super().area()


def run():
    return [shape.describe() for shape in (Shape("none"), Square(2), Cube(2))]
