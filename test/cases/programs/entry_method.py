# entry: call Robot("r2").move(1, up=2)
# returns: ('r2', (1, 2))
# about: an entry that is a method of a new object
class Robot:
    def __init__(self, name):
        self.name = name

    def move(self, right, *, up=0):
        where = right, up
        return self.name, where
