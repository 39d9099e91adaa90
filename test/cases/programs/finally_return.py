# entry: call run()
# returns: ('hidden', -1)
# about: return in finally hides an exception and another return
def hides_exception():
    try:
        return 1 // 0
    finally:
        return "hidden"


def hides_return():
    for i in range(3):
        try:
            return i
        finally:
            if i < 1:
                continue
            return -i


def run():
    return hides_exception(), hides_return()
