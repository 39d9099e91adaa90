# entry: script
# about: postponed annotations of a module and of a class are texts
from __future__ import annotations

size: int = 3
later: Missing


class Box:
    width: int = size
    lid: Lid | None

    def grow(self, by: int) -> Box:
        self.width += by
        return self


wide = Box().grow(4).width
print(Box.__annotations__, wide)
