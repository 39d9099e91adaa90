# entry: script
# stdin: "3\n10 20\n30\n"
# about: input() and the rest of the standard input
import sys

count = int(input())
first = [int(part) for part in input("two: ").split()]
rest = sys.stdin.read().split()
total = sum(first) + sum(map(int, rest))
print(count, total)
