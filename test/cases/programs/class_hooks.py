# entry: script
# about: __init_subclass__, __set_name__ and a descriptor
class Positive:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        return getattr(instance, self.name)

    def __set__(self, instance, value):
        if value <= 0:
            raise ValueError(f"{self.name} must be positive")
        setattr(instance, self.name, value)


class Plugin:
    names = []

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        Plugin.names.append(cls.__name__)


class Box(Plugin):
    width = Positive()

    def __init__(self, width):
        self.width = width


box = Box(3)
try:
    box.width = -1
except ValueError as error:
    message = str(error)
print(box.width, Plugin.names, message)
