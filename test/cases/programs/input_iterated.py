# entry: script
# stdin: "b 2\na 1\n\nb 3\n"
# about: a loop over the lines of the standard input
import sys

totals = {}
for line in sys.stdin:
    if not (line := line.strip()):
        continue
    key, value = line.split()
    totals[key] = totals.get(key, 0) + int(value)
print(sorted(totals.items()))
