# entry: call run("a1b22c")
# returns: (True, 5, ['A', 'B', 'C'])
# about: generator expressions given to any(), sum() and a loop
def run(text):
    has_digit = any(c.isdigit() for c in text)
    total = sum(int(c) for c in text if c.isdigit())
    letters = []
    for letter in (c.upper() for c in text if c.isalpha()):
        letters.append(letter)
    return has_digit, total, letters
