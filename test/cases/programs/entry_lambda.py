# entry: call f(2)(3)
# returns: 6
# about: an entry whose callee is itself a call
f = lambda a: lambda b: a * b
