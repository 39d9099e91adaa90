"""Trains the embedded model for a number of minutes: on a GPU where there is one, on the CPU where not."""

from __future__ import annotations

import argparse
import json
import math
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from data import Batch, Mistakes, Steps, batches, collate, read_steps, repeat_rare
from model import Nano, Shape
from torch import Tensor, nn

WARM_UP = 0.02
"""Share of the time in which the learning rate rises."""

MATRIX_RATE = 0.02
OTHER_RATE = 0.004


def answer_places(batch: Batch) -> tuple[Tensor, Tensor]:
    """Where the bytes stand behind which an answer's byte comes, as [batch, bytes], and those bytes."""
    at = torch.arange(batch.tokens.shape[1] - 1, device=batch.tokens.device)
    told = (at[None] >= batch.prompts[:, None] - 1) & (at[None] < batch.lengths[:, None] - 1)
    return told, batch.tokens[:, 1:, 0][told]


def scores(model: Nano, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
    """Scores of each byte of the answers, the bytes, and the row that each belongs to."""
    told, expected = answer_places(batch)
    hidden = model.hidden(batch.tokens, batch.prompts, batch.lengths)[:, :-1]
    return model.head(hidden[told]).float(), expected, told.nonzero()[:, 0]


def schedule(done: float, decay: float) -> float:
    """Share of the highest learning rate: a short rise, constant, and a fall over the last ``decay`` of the time."""
    if done < WARM_UP:
        return done / WARM_UP
    return min(1.0, (1 - done) / decay) if decay > 0 else 1.0


def optimisers(model: Nano) -> list[torch.optim.Optimizer]:
    """Muon (Jordan et al., 2024) for the matrices of the blocks, Adam for tables, norms and the last layer."""
    matrices = [weight for weight in model.blocks.parameters() if weight.ndim == 2]
    known = {id(weight) for weight in matrices}
    others = [weight for weight in model.parameters() if id(weight) not in known]
    return [
        torch.optim.Muon(matrices, lr=MATRIX_RATE, momentum=0.95, weight_decay=0.01),
        torch.optim.AdamW(others, lr=OTHER_RATE, betas=(0.9, 0.98), weight_decay=0.0),
    ]


@torch.no_grad()
def exact(model: Nano, steps: Steps, device: torch.device) -> float:
    """Share of answers whose every byte is the likeliest behind the true ones before it, which is greedy decoding."""
    right = 0
    order = np.argsort([len(tokens) for tokens in steps.tokens])
    for start in range(0, len(order), 128):
        batch = collate(steps, order[start : start + 128]).to(device)
        told, expected, rows = scores(model, batch)
        wrong = rows[told.argmax(-1) != expected].unique()
        right += len(batch.lengths) - len(wrong)
    return right / len(steps)


def save(model: Nano, file: Path, **about: object) -> None:
    """Writes weights and shape."""
    torch.save({"shape": vars(model.shape), "weights": model.state_dict(), "about": about}, file)


def load(file: Path) -> Nano:
    """Reads what :func:`save` wrote."""
    saved = torch.load(file, map_location="cpu", weights_only=True)
    model = Nano(Shape(**saved["shape"]))
    model.load_state_dict(saved["weights"])
    return model


def train(options: argparse.Namespace) -> None:
    """Trains and writes the model, and prints its course a line at a time as JSON."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(options.seed)
    random = np.random.default_rng(options.seed)
    torch.set_num_threads(options.threads)
    steps = read_steps([Path(file) for file in options.data])
    held = random.permutation(len(steps))
    checked = Steps([steps.tokens[i] for i in held[:500]], steps.prompts[held[:500]], [steps.constructs[i] for i in held[:500]])
    kept = held[500:]
    taught = Steps([steps.tokens[i] for i in kept], steps.prompts[kept], [steps.constructs[i] for i in kept])
    taught = repeat_rare(taught, 200)
    model = load(Path(options.start)) if options.start else Nano(Shape(options.width, options.layers, options.heads))
    model.to(device)
    parts = optimisers(model)
    highest = [[group["lr"] for group in part.param_groups] for part in parts]
    print(json.dumps({"steps": len(steps), "parameters": sum(p.numel() for p in model.parameters()), "device": str(device)}), flush=True)
    started = time.monotonic()
    seen = answers = 0
    loss_sum = 0.0
    mistakes = Mistakes()
    for count, batch in enumerate(batches(taught, options.batch, random, mistakes), start=1):
        done = (time.monotonic() - started) / (60 * options.minutes)
        if done >= 1:
            break
        for part, rates in zip(parts, highest, strict=True):
            for group, rate in zip(part.param_groups, rates, strict=True):
                group["lr"] = rate * options.rate * schedule(done, options.decay)
        batch = batch.to(device)
        with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda" or options.bf16):
            told, expected, rows = scores(model, batch)
        loss = F.cross_entropy(told, expected)
        wrong = set(rows[told.argmax(-1) != expected].tolist())
        for row, construct in enumerate(batch.constructs):
            mistakes.note(construct, row in wrong)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for part in parts:
            part.step()
            part.zero_grad(set_to_none=True)
        answers += len(batch.lengths)
        seen += int(batch.lengths.sum())
        loss_sum += loss.item()
        if count % options.report == 0:
            figures = {"done": round(done, 3), "batches": count, "answers": answers, "bytes": seen, "loss": round(loss_sum / options.report, 4)}
            if count % (options.report * 5) == 0:
                figures["wrong"] = {construct: round(share, 2) for construct, share in sorted(mistakes.shares.items())}
                figures["exact"] = round(exact(model, checked, device), 4)
                save(model, Path(options.out).with_suffix(".part.pt"))
            print(json.dumps(figures), flush=True)
            if not math.isfinite(loss_sum):
                raise FloatingPointError("the loss is no number")
            loss_sum = 0.0
    figures = {"answers": answers, "bytes": seen, "minutes": round((time.monotonic() - started) / 60, 1), "exact": round(exact(model, checked, device), 4)}
    save(model, Path(options.out), **figures)
    print(json.dumps(figures), flush=True)


def main() -> None:
    """Reads the options and trains."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="+", help="train.jsonl files")
    parser.add_argument("--out", required=True, help="where the weights go")
    parser.add_argument("--start", help="weights to go on from")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--decay", type=float, default=0.4, help="share of the time in which the learning rate falls")
    parser.add_argument("--rate", type=float, default=1.0, help="factor on all learning rates")
    parser.add_argument("--batch", type=int, default=8192, help="bytes a batch")
    parser.add_argument("--width", type=int, default=128)
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2, help="processors to use where there is no GPU")
    parser.add_argument("--report", type=int, default=50, help="batches between two lines")
    parser.add_argument("--bf16", action=argparse.BooleanOptionalAction, default=True, help="bfloat16 on the CPU too")
    train(parser.parse_args())


if __name__ == "__main__":
    main()
