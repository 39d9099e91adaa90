# entry: call run([1, 0, "x", None])
# returns: [[10, 'end'], ['zero', 'end'], ['TypeError', 'end'], ['TypeError', 'end']]
# about: several handlers, a tuple of types, else and finally
def classify(value):
    steps = []
    try:
        result = 10 // value
    except ZeroDivisionError:
        steps.append("zero")
    except (TypeError, ValueError) as error:
        steps.append(type(error).__name__)
    else:
        steps.append(result)
    finally:
        steps.append("end")
    return steps


def run(values):
    return [classify(value) for value in values]
