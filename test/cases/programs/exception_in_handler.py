# entry: call run()
# raises: TypeError
# about: a handler that fails itself
def run():
    data = [1, 2]
    try:
        data[5]
    except IndexError:
        data.append("3" + 4)
    return data
