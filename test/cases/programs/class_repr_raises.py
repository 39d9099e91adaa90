# entry: call run()
# returns: 1/2
# about: locals whose repr fails while the constructor is still running
class Fraction:
    def __init__(self, top, bottom):
        self.top = top
        self.bottom = bottom

    def __repr__(self):
        return f"{self.top}/{self.bottom}"


def run():
    half = Fraction(1, 2)
    return half
