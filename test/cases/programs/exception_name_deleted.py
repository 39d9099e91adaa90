# entry: call run()
# returns: 'inside'
# about: the name of a handled exception is unbound after its handler
def run():
    error = "before"
    try:
        raise RuntimeError("inside")
    except RuntimeError as error:
        text = str(error)
    try:
        return error
    except UnboundLocalError:
        return text
