import random
import time


def token() -> str:
    return str(random.random()) + str(time.time()) + str(id(object()))
