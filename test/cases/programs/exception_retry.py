# entry: call run()
# returns: ('ok', ['attempt 1', 'attempt 2'])
# about: a while loop that tries again
def flaky(attempt):
    if attempt < 3:
        raise ConnectionError(f"attempt {attempt}")
    return "ok"


def run():
    attempt = 0
    errors = []
    while True:
        attempt += 1
        try:
            return flaky(attempt), errors
        except ConnectionError as error:
            errors.append(str(error))
