# entry: script
# raises: ZeroDivisionError
# about: an exception that leaves the module
values = [2, 1, 0]
total = 0
for value in values:
    total += 10 // value
print(total)
