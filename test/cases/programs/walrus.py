# entry: call run("ab12")
# returns: (5, [1, 2], '', 2)
# about: assignment expressions in if, while and arguments
def run(text):
    if (n := len(text)) > 3:
        n += 1
    digits = []
    position = 0
    while (char := text[position : position + 1]) != "":
        if char.isdigit():
            digits.append(value := int(char))
        position += 1
    return n, digits, char, value
