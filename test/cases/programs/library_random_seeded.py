# entry: call run(42)
# returns: ([6, 1, 1, 6, 3], ['d', 'c', 'a', 'b'], 'z', 0.102495176, True)
# about: random numbers from a seeded generator
import random


def run(seed):
    rng = random.Random(seed)
    rolls = [rng.randint(1, 6) for _ in range(5)]
    deck = list("abcd")
    rng.shuffle(deck)
    random.seed(seed)
    again = random.randint(1, 6)
    return rolls, deck, rng.choice("xyz"), round(rng.random(), 9), again == rolls[0]
