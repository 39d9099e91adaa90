"""Writes the model as ONNX with its KV cache, matrices as 8-bit integers, and a sample of what PyTorch answers with it."""

from __future__ import annotations

import argparse
import base64
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from data import Steps, read_steps
from model import FEATURES, Nano, rotation
from onnx import TensorProto, helper, numpy_helper
from places import PlaceScanner
from torch import nn
from train import load

MAX_POSITIONS = 2048
"""Longest prompt and answer together, in bytes."""

END_BYTE = 10
MAX_ANSWER = 96


def quantise(linear: nn.Linear) -> tuple[np.ndarray, np.ndarray]:
    """Weights as [in, out] of integers from -127 to 127 and a scale for each column; the layer gets what they stand for."""
    weight = linear.weight.detach()
    scale = (weight.abs().amax(dim=1) / 127).clamp(min=1e-8)
    whole = (weight / scale[:, None]).round().clamp(-127, 127)
    linear.weight.data = whole * scale[:, None]
    return whole.T.contiguous().to(torch.int8).numpy(), scale.numpy()


class Graph:
    """Nodes and constants of an ONNX graph, in order."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self._count = 0

    def constant(self, value: np.ndarray) -> str:
        """Name of a constant."""
        self._count += 1
        name = f"constant_{self._count}"
        self.constants.append(numpy_helper.from_array(value, name))
        return name

    def add(self, kind: str, *inputs: str, output: str | None = None, **settings: object) -> str:
        """Adds a node with one output, and gives the output's name."""
        self._count += 1
        name = output or f"{kind.lower()}_{self._count}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **settings))
        return name

    def numbers(self, *values: int) -> str:
        """Name of a list of integers."""
        return self.constant(np.array(values, dtype=np.int64))

    def linear(self, x: str, layer: nn.Linear) -> str:
        """A layer without bias, quantised."""
        whole, scale = quantise(layer)
        weight = self.add("DequantizeLinear", self.constant(whole), self.constant(scale), axis=1)
        return self.add("MatMul", x, weight)

    def norm(self, x: str, layer: nn.RMSNorm) -> str:
        """Root mean square norm."""
        square = self.add("ReduceMean", self.add("Mul", x, x), axes=[-1], keepdims=1)
        root = self.add("Sqrt", self.add("Add", square, self.constant(np.array(layer.eps, dtype=np.float32))))
        return self.add("Mul", self.add("Div", x, root), self.constant(layer.weight.detach().numpy()))


def build(model: Nano) -> onnx.ModelProto:
    """The model as a graph; its matrices are rounded in place."""
    graph, shape = Graph(), model.shape
    tables = [model.bytes, *model.places]
    columns = [graph.add("Gather", "input_ids", graph.constant(np.array(index)), axis=2) for index in range(FEATURES)]
    rows = [graph.add("Gather", graph.constant(table.weight.detach().numpy()), column) for table, column in zip(tables, columns, strict=True)]
    x = rows[0]
    for row in rows[1:]:
        x = graph.add("Add", x, row)
    turns = []
    for table in rotation(torch.arange(MAX_POSITIONS), shape.head_width):
        turns.append(graph.add("Unsqueeze", graph.add("Gather", graph.constant(table.numpy()), "position_ids"), graph.numbers(1)))
    seen = graph.add("Cast", graph.add("Unsqueeze", "attention_mask", graph.numbers(1, 2)), to=TensorProto.FLOAT)
    mask = graph.add("Mul", graph.add("Sub", seen, graph.constant(np.array(1, dtype=np.float32))), graph.constant(np.array(1e9, dtype=np.float32)))
    inputs, outputs = [], []
    for index, block in enumerate(model.blocks):
        normed = graph.norm(x, block.norm_attention)
        heads = [split(graph, graph.linear(normed, layer), model) for layer in (block.query, block.key, block.value)]
        query, key = (turn(graph, part, turns, shape.head_width) for part in heads[:2])
        held = []
        for name, now in (("key", key), ("value", heads[2])):
            past, present = f"past_key_values.{index}.{name}", f"present.{index}.{name}"
            held.append(graph.add("Concat", past, now, output=present, axis=2))
            inputs.append(helper.make_tensor_value_info(past, TensorProto.FLOAT, ["batch", shape.heads, "past", shape.head_width]))
            outputs.append(helper.make_tensor_value_info(present, TensorProto.FLOAT, ["batch", shape.heads, "total", shape.head_width]))
        likeness = graph.add("MatMul", query, graph.add("Transpose", held[0], perm=[0, 1, 3, 2]))
        scaled = graph.add("Mul", likeness, graph.constant(np.array(shape.head_width**-0.5, dtype=np.float32)))
        looked = graph.add("MatMul", graph.add("Softmax", graph.add("Add", scaled, mask), axis=-1), held[1])
        joined = graph.add("Reshape", graph.add("Transpose", looked, perm=[0, 2, 1, 3]), graph.numbers(0, 0, shape.width))
        x = graph.add("Add", x, graph.linear(joined, block.out))
        positive = graph.add("Relu", graph.linear(graph.norm(x, block.norm_perceptron), block.up))
        x = graph.add("Add", x, graph.linear(graph.add("Mul", positive, positive), block.down))
    logits = graph.linear(graph.norm(x, model.norm), model.head)
    graph.add("Identity", logits, output="logits")
    inputs = [
        helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "length", FEATURES]),
        helper.make_tensor_value_info("attention_mask", TensorProto.INT64, ["batch", "total"]),
        helper.make_tensor_value_info("position_ids", TensorProto.INT64, ["batch", "length"]),
        *inputs,
    ]
    outputs = [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", "length", 256]), *outputs]
    made = helper.make_graph(graph.nodes, "assay-nano", inputs, outputs, graph.constants)
    built = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=9, producer_name="assay")
    onnx.checker.check_model(built)
    return built


def split(graph: Graph, x: str, model: Nano) -> str:
    """[batch, bytes, width] as [batch, heads, bytes, head width]."""
    shaped = graph.add("Reshape", x, graph.numbers(0, 0, model.shape.heads, model.shape.head_width))
    return graph.add("Transpose", shaped, perm=[0, 2, 1, 3])


def turn(graph: Graph, heads: str, turns: list[str], width: int) -> str:
    """``model.rotate`` as nodes."""
    cos, sin = turns
    first = graph.add("Slice", heads, graph.numbers(0), graph.numbers(width // 2), graph.numbers(3))
    second = graph.add("Slice", heads, graph.numbers(width // 2), graph.numbers(width), graph.numbers(3))
    left = graph.add("Sub", graph.add("Mul", first, cos), graph.add("Mul", second, sin))
    right = graph.add("Add", graph.add("Mul", first, sin), graph.add("Mul", second, cos))
    return graph.add("Concat", left, right, axis=-1)


@torch.no_grad()
def greedy(model: Nano, prompt: np.ndarray) -> bytes:
    """What the model answers, byte by byte, without a cache."""
    tokens, scanner, answer = prompt.astype(np.int64), PlaceScanner(), bytearray()
    while len(answer) < MAX_ANSWER:
        batch = torch.from_numpy(tokens)[None]
        hidden = model.hidden(batch, torch.tensor([len(prompt)]), torch.tensor([len(tokens)]))
        byte = int(model.head(hidden[0, -1]).argmax())
        if byte == END_BYTE:
            break
        answer.append(byte)
        tokens = np.vstack([tokens, np.array([[byte, *scanner.next(byte), 0, 0]])])
    return bytes(answer)


def check_places(steps: Steps) -> None:
    """Asserts that this module tells answers the places that the data has for them."""
    for tokens, split_at in zip(steps.tokens, steps.prompts, strict=True):
        scanner = PlaceScanner()
        for byte, *places in tokens[split_at:-1].tolist():
            if (*scanner.next(byte), 0, 0) != tuple(places):
                raise AssertionError("places.py and places.ts disagree")


def main() -> None:
    """Reads the options and writes the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--out", type=Path, required=True, help="the .onnx file")
    parser.add_argument("--data", type=Path, required=True, help="a train.jsonl, for the sample's questions")
    parser.add_argument("--sample", type=Path, required=True, help="the sample's .jsonl")
    parser.add_argument("--count", type=int, default=100)
    options = parser.parse_args()
    torch.set_num_threads(1)
    model = load(options.weights).eval()
    onnx.save(build(model), options.out)
    lines = options.data.read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines[:: max(1, len(lines) // options.count)][: options.count]]
    steps = read_steps([options.data])
    check_places(Steps(steps.tokens[:5000], steps.prompts[:5000], steps.constructs[:5000]))
    with options.sample.open("w", encoding="utf-8") as sample:
        for row in rows:
            tokens = np.frombuffer(base64.b64decode(row["tokens"]), dtype=np.uint8).reshape(-1, FEATURES)
            answer = greedy(model, tokens[: row["split"]])
            line = {"prompt": row["prompt"], "answer": base64.b64encode(answer).decode()}
            sample.write(json.dumps(line, ensure_ascii=False) + "\n")
    print(json.dumps({"onnx_bytes": options.out.stat().st_size, "sampled": len(rows)}))


if __name__ == "__main__":
    main()
