# entry: call evaluate("2*(3+4)-5")
# returns: 9
# about: a recursive-descent parser with closures over a position
def evaluate(text):
    position = 0

    def peek():
        return text[position] if position < len(text) else ""

    def take():
        nonlocal position
        position += 1
        return text[position - 1]

    def factor():
        if peek() == "(":
            take()
            value = expression()
            take()
            return value
        return int(take())

    def term():
        value = factor()
        while peek() == "*":
            take()
            value *= factor()
        return value

    def expression():
        value = term()
        while peek() in ("+", "-") and peek():
            value = value + term() if take() == "+" else value - term()
        return value

    return expression()
