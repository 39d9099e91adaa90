# entry: call run(60)
# returns: (120, {'0': [], '1': [0], '2': [0, 1], '3': [], '4': [0], '5': [0, 1], '6': [], '7': [0], '8': [0, 1], '9': [], '10': [0], '11': [0, 1], '12': [], '13': [0], '14': [0, 1]})
# about: values with long reprs
def run(n):
    numbers = list(range(n))
    text = "ab" * n
    nested = {str(i): numbers[: i % 3] for i in range(n // 4)}
    return len(text), nested
