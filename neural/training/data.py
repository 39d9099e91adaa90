"""Steps of true runs, as ``scripts/nano/generate.ts`` writes them, made into batches."""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from model import FEATURES
from torch import Tensor


@dataclass(frozen=True)
class Steps:
    """Questions with their answers, each as one run of bytes with places."""

    tokens: list[np.ndarray]
    prompts: np.ndarray
    constructs: list[str]

    def __len__(self) -> int:
        return len(self.tokens)


@dataclass(frozen=True)
class Batch:
    """Some steps side by side, filled up with zeros behind their ends."""

    tokens: Tensor
    prompts: Tensor
    lengths: Tensor
    constructs: list[str]

    def to(self, device: torch.device) -> Batch:
        """The same batch on another device."""
        return Batch(self.tokens.to(device), self.prompts.to(device), self.lengths.to(device), self.constructs)


def read_steps(files: list[Path]) -> Steps:
    """Reads steps and drops questions that were asked before."""
    tokens: list[np.ndarray] = []
    prompts: list[int] = []
    constructs: list[str] = []
    seen: set[bytes] = set()
    for file in files:
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                raw = base64.b64decode(row["tokens"])
                question = raw[: row["split"] * FEATURES]
                if question in seen:
                    continue
                seen.add(question)
                tokens.append(np.frombuffer(raw, dtype=np.uint8).reshape(-1, FEATURES))
                prompts.append(row["split"])
                constructs.append(row["construct"])
    return Steps(tokens, np.array(prompts), constructs)


def repeat_rare(steps: Steps, least: int) -> Steps:
    """Repeats the steps of constructs that have fewer than ``least``: ``try:`` is always the same question."""
    counts = Counter(steps.constructs)
    order = [index for index, construct in enumerate(steps.constructs) for _ in range(-(-least // counts[construct]) if counts[construct] < least else 1)]
    return Steps([steps.tokens[index] for index in order], steps.prompts[order], [steps.constructs[index] for index in order])


def collate(steps: Steps, chosen: np.ndarray) -> Batch:
    """Puts steps side by side."""
    lengths = [len(steps.tokens[index]) for index in chosen]
    tokens = np.zeros((len(chosen), max(lengths), FEATURES), dtype=np.int64)
    for row, index in enumerate(chosen):
        tokens[row, : lengths[row]] = steps.tokens[index]
    constructs = [steps.constructs[index] for index in chosen]
    return Batch(torch.from_numpy(tokens), torch.from_numpy(steps.prompts[chosen]), torch.tensor(lengths), constructs)


class Mistakes:
    """How often answers of each construct were wrong of late: what is known needs no more practice."""

    def __init__(self) -> None:
        self.shares: dict[str, float] = {}

    def note(self, construct: str, wrong: bool) -> None:
        """Takes in one answer."""
        self.shares[construct] = 0.98 * self.of(construct) + 0.02 * wrong

    def of(self, construct: str) -> float:
        """Share of wrong answers, about the last fifty."""
        return self.shares.get(construct, 0.5)


ROUND = 8192
"""Steps that are drawn at one time."""


def batches(steps: Steps, size: int, random: np.random.Generator, mistakes: Mistakes) -> Iterator[Batch]:
    """Batches of about ``size`` bytes without end. Constructs that are rare or often answered wrong come more often."""
    counts = Counter(steps.constructs)
    kinds = list(counts)
    places = {construct: place for place, construct in enumerate(kinds)}
    kind_of = np.array([places[construct] for construct in steps.constructs])
    lengths = np.array([len(tokens) for tokens in steps.tokens])
    round_size = min(len(steps), ROUND)
    while True:
        weights = np.array([counts[kind] ** -0.15 * (0.03 + mistakes.of(kind)) for kind in kinds])[kind_of]
        chosen = random.choice(len(steps), round_size, replace=False, p=weights / weights.sum())
        # Steps of like length side by side waste little; the noise keeps them from being the same each time.
        chosen = chosen[np.argsort(lengths[chosen] + random.uniform(0, 8, round_size))]
        cuts = [0]
        for index, end in enumerate(chosen):
            if (index - cuts[-1] + 1) * lengths[end] > size:
                cuts.append(index)
        groups = [chosen[start:end] for start, end in zip(cuts, [*cuts[1:], round_size], strict=True) if end > start]
        for group in random.permutation(len(groups)):
            yield collate(steps, groups[group])
