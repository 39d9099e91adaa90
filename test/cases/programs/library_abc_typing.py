# entry: call run()
# returns: (True, 'woof!', [1, 2], Size(width=3, height=2), 6, {'name': 'M'})
# about: abstract classes, generics, protocols and a typed dict
from abc import ABC, abstractmethod
from typing import Generic, NamedTuple, Protocol, TypedDict, TypeVar

T = TypeVar("T")


class Animal(ABC):
    @abstractmethod
    def sound(self):
        """What it says."""

    def speak(self):
        return self.sound() + "!"


class Dog(Animal):
    def sound(self):
        return "woof"


class Speaks(Protocol):
    def speak(self) -> str: ...


class Stack(Generic[T]):
    def __init__(self):
        self.items = []

    def push(self, item: T) -> "Stack[T]":
        self.items.append(item)
        return self


class Size(NamedTuple):
    width: int
    height: int = 2

    def area(self):
        return self.width * self.height


class Movie(TypedDict):
    name: str


def say(animal: Speaks) -> str:
    return animal.speak()


def run():
    try:
        Animal()
    except TypeError:
        refused = True
    movie: Movie = {"name": "M"}
    return refused, say(Dog()), Stack[int]().push(1).push(2).items, Size(3), Size(3).area(), movie
