# entry: call run()
# returns: ['waiting', 'handled bad', 'waiting', 'resumed', "KeyError('other')"]
# about: an exception thrown into a generator that handles it and goes on
def patient():
    while True:
        try:
            yield "waiting"
        except ValueError as error:
            yield f"handled {error}"
        else:
            yield "resumed"


def run():
    gen = patient()
    answers = [next(gen)]
    answers.append(gen.throw(ValueError("bad")))
    answers.append(next(gen))
    answers.append(next(gen))
    try:
        gen.throw(KeyError("other"))
    except KeyError as error:
        answers.append(repr(error))
    return answers
