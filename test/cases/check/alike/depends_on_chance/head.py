import random
import time


def token() -> str:
    time.time()
    return str(random.random()) + str(time.time()) + str(id([]))
