# entry: call run(1)
# returns: ({'__proto__': 1}, 1, 2, 1, None)
# about: locals with the names of built-in properties of JavaScript objects
def run(constructor):
    __proto__ = {"__proto__": constructor}
    toString = __proto__["__proto__"]
    hasOwnProperty = prototype = None
    __defineGetter__ = valueOf = toString + 1
    length = len(__proto__)
    return __proto__, constructor, valueOf, length, hasOwnProperty
