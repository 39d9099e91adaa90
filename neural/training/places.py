"""The places of an answer's bytes while it is being written, as ``neural/nano/places.ts`` tells them."""

from __future__ import annotations

LAST_PLACE = 31

OPENING = b"([{"
CLOSING = b")]}"
QUOTES = b"'\""


class PlaceScanner:
    """Tells each byte of one line its places: outer element, inner element, offset in its string or word."""

    def __init__(self) -> None:
        self._brackets: list[int] = []
        self._quote = 0
        self._escaped = False
        self._string = 0
        self._word = 0

    def next(self, byte: int) -> tuple[int, int, int]:
        """Takes the next byte."""
        if self._quote:
            if byte == self._quote and not self._escaped:
                self._quote = 0
                return self._outside(byte)
            self._escaped = byte == 0x5C and not self._escaped
            self._string += (byte & 0xC0) != 0x80
            return self._placed(self._string)
        if byte in CLOSING and self._brackets:
            self._brackets.pop()
        places = self._outside(byte)
        if byte in QUOTES:
            self._quote, self._string = byte, 0
        elif byte in OPENING:
            self._brackets.append(1)
        elif byte == 0x2C and self._brackets:
            self._brackets[-1] += 1
        return places

    def _outside(self, byte: int) -> tuple[int, int, int]:
        self._word = self._word + 1 if chr(byte).isascii() and (chr(byte).isalnum() or byte == 0x5F) else 0
        return self._placed(self._word)

    def _placed(self, offset: int) -> tuple[int, int, int]:
        outer = self._brackets[0] if self._brackets else 0
        inner = self._brackets[-1] if len(self._brackets) > 1 else 0
        return min(outer, LAST_PLACE), min(inner, LAST_PLACE), min(offset, LAST_PLACE)
