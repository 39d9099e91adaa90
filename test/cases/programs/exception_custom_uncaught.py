# entry: call check(-3)
# raises: Negative
# about: an uncaught exception of a class of the program
class Negative(ValueError):
    def __str__(self):
        return f"negative: {self.args[0]}"


def check(n):
    if n < 0:
        raise Negative(n)
    return n
