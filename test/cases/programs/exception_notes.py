# entry: call run()
# returns: ('plain', ['while trying'])
# python: 3.11 3.14
# about: notes on an exception
def run():
    try:
        try:
            raise ValueError("plain")
        except ValueError as error:
            error.add_note("while trying")
            raise
    except ValueError as error:
        return str(error), error.__notes__
