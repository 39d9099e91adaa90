# entry: call run()
# returns: [[(1,), (3,)], 1, 'end']
# python: 3.11 3.14
# about: except* splits a group by type
def run():
    seen = []
    try:
        raise ExceptionGroup("several", [ValueError(1), TypeError(2), ValueError(3)])
    except* ValueError as group:
        seen.append([error.args for error in group.exceptions])
    except* TypeError as group:
        seen.append(len(group.exceptions))
    else:
        seen.append("none")
    finally:
        seen.append("end")
    return seen
