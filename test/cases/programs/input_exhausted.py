# entry: call run()
# returns: ['one', 'two']
# stdin: "one\ntwo"
# about: input() beyond the end of the standard input
def run():
    lines = []
    try:
        while True:
            lines.append(input())
    except EOFError:
        return lines
