# entry: call run()
# returns: (['GREEN', 'RED', 'GREEN'], <Light.GREEN: 2>, 1)
# about: an enumeration with a method and with auto()
from enum import Enum, auto


class Light(Enum):
    RED = auto()
    GREEN = auto()

    def turn(self):
        members = list(Light)
        return members[(members.index(self) + 1) % len(members)]


def run():
    light = Light.RED
    names = []
    for _ in range(3):
        light = light.turn()
        names.append(light.name)
    return names, Light(2), Light["RED"].value
