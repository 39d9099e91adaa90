# entry: script
# about: everything that print can do
def shout(text):
    print(text.upper(), end="!\n")
    return len(text)


print("plain", 1, None, sep=" | ")
print()
n = shout("hey")
print(*range(n), sep=",", end="")
print(" é €", "tab\t.", flush=True)
