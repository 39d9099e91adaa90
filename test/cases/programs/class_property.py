# entry: call run()
# returns: (212.0, 0.0, None)
# about: property with setter and deleter
class Temperature:
    def __init__(self, celsius):
        self.celsius = celsius

    @property
    def fahrenheit(self):
        return self.celsius * 9 / 5 + 32

    @fahrenheit.setter
    def fahrenheit(self, value):
        self.celsius = (value - 32) * 5 / 9

    @fahrenheit.deleter
    def fahrenheit(self):
        self.celsius = None


def run():
    t = Temperature(100)
    before = t.fahrenheit
    t.fahrenheit = 32
    after = t.celsius
    del t.fahrenheit
    return before, after, t.celsius
