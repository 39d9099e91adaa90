# entry: call run()
# raises: ExceptionGroup
# python: 3.11 3.14
# about: what except* does not handle goes on as a smaller group
def run():
    try:
        raise ExceptionGroup("mixed", [KeyError("k"), OSError("o")])
    except* KeyError:
        handled = True
    return handled
