# entry: call run()
# returns: ('say "hi"', "it's", 'it\'s "both"', '\\d+\\n', 'tab\there\\ \x00 \x7f é •', 'first\n    second joined\n', 'abc')
# about: quotes, escapes, raw and triple-quoted strings
def run():
    single = 'say "hi"'
    double = "it's"
    mixed = "it's \"both\""
    raw = r"\d+\n"
    escapes = "tab\there\\ \x00 \x7f \u00e9 \N{BULLET}"
    long = """first
    second \
joined
"""
    implicit = "a" "b" 'c'
    return single, double, mixed, raw, escapes, long, implicit
