# entry: call run(3)
# returns: 3
# about: comments at the end without a newline
def run(n):
    return n

# The end
    # indented