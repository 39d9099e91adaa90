# entry: call make("red")
# returns: (9, 'A ball.')
# about: a class body that runs, and is traced, within a function
def make(color):
    class Ball:
        """A ball."""

        paint = color
        sizes = [1, 2]
        total = sum(sizes)

        def area(self):
            return self.total * len(self.paint)

    return Ball().area(), Ball.__doc__
