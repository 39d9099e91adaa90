"""The embedded model: a small decoder over bytes that reads its whole prompt at once and writes its answer byte by byte."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

FEATURES = 6
"""Numbers that stand for one byte: the byte, and its five places (``neural/nano/places.ts``)."""

PLACES = 32
"""Rows of each place's table."""


@dataclass(frozen=True)
class Shape:
    """How large a model is."""

    width: int = 128
    layers: int = 4
    heads: int = 4

    @property
    def head_width(self) -> int:
        """Numbers that one attention head works on."""
        return self.width // self.heads


def rotation(positions: Tensor, width: int) -> tuple[Tensor, Tensor]:
    """Cosines and sines of rotary position embedding (Su et al., 2021) for positions of any shape, ``width / 2`` each."""
    speeds = 1.0 / (1000.0 ** (torch.arange(0, width, 2, dtype=torch.float32) / width))
    angles = positions[..., None].float() * speeds.to(positions.device)
    return angles.cos(), angles.sin()


def rotate(heads: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Turns pairs of numbers, the first half with the second half, by their position's angle."""
    first, second = heads.chunk(2, dim=-1)
    return torch.cat((first * cos - second * sin, first * sin + second * cos), dim=-1)


def attend(query: Tensor, key: Tensor, value: Tensor, mask: Tensor) -> Tensor:
    """Attention written out: on short texts the fused kernel for the CPU takes several times as long backwards."""
    if query.is_cuda:
        return F.scaled_dot_product_attention(query.to(value.dtype), key.to(value.dtype), value, attn_mask=mask)
    likeness = (query * query.shape[-1] ** -0.5) @ key.transpose(-1, -2)
    return likeness.masked_fill(~mask, -1e9).softmax(-1) @ value


class Block(nn.Module):
    """Attention and a two-layer perceptron with squared ReLU (So et al., 2021), each behind an RMS norm."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        width = shape.width
        self.norm_attention = nn.RMSNorm(width, eps=1e-6)
        self.norm_perceptron = nn.RMSNorm(width, eps=1e-6)
        self.query = nn.Linear(width, width, bias=False)
        self.key = nn.Linear(width, width, bias=False)
        self.value = nn.Linear(width, width, bias=False)
        self.out = nn.Linear(width, width, bias=False)
        self.up = nn.Linear(width, 4 * width, bias=False)
        self.down = nn.Linear(4 * width, width, bias=False)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.down.weight)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor, mask: Tensor) -> Tensor:
        """``x`` is [batch, bytes, width], ``mask`` [batch, 1, bytes, bytes] is true where a byte may look at another."""
        batch, length, width = x.shape
        normed = self.norm_attention(x)

        def heads(linear: nn.Linear) -> Tensor:
            return linear(normed).view(batch, length, self.shape.heads, self.shape.head_width).transpose(1, 2)

        query, key = rotate(heads(self.query), cos, sin), rotate(heads(self.key), cos, sin)
        seen = attend(query, key, heads(self.value), mask)
        x = x + self.out(seen.transpose(1, 2).reshape(batch, length, width))
        return x + self.down(F.relu(self.up(self.norm_perceptron(x))).square())


class Nano(nn.Module):
    """Bytes and their places in, scores of the next byte out."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.bytes = nn.Embedding(256, shape.width)
        self.places = nn.ModuleList([nn.Embedding(PLACES, shape.width) for _ in range(FEATURES - 1)])
        self.blocks = nn.ModuleList([Block(shape) for _ in range(shape.layers)])
        self.norm = nn.RMSNorm(shape.width, eps=1e-6)
        self.head = nn.Linear(shape.width, 256, bias=False)
        for table in (self.bytes, *self.places):
            nn.init.normal_(table.weight, std=0.5)
        nn.init.zeros_(self.head.weight)

    def embed(self, tokens: Tensor) -> Tensor:
        """Sum of a byte's own row and those of its places; ``tokens`` is [batch, bytes, FEATURES]."""
        x = self.bytes(tokens[..., 0])
        for index, table in enumerate(self.places):
            x = x + table(tokens[..., index + 1])
        return x

    def hidden(self, tokens: Tensor, prompts: Tensor, lengths: Tensor) -> Tensor:
        """What the model makes of each byte: those of the prompt see all of the prompt, later ones all before them."""
        length = tokens.shape[1]
        at = torch.arange(length, device=tokens.device)
        sees = (at[None, None, :] <= at[None, :, None]) | (at[None, None, :] < prompts[:, None, None])
        mask = (sees & (at[None, None, :] < lengths[:, None, None]))[:, None]
        cos, sin = rotation(at, self.shape.head_width)
        x = self.embed(tokens)
        for block in self.blocks:
            x = block(x, cos, sin, mask)
        return self.norm(x)
