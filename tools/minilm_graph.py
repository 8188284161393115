"""Writes gapfit/encoder/minilm.onnx: the structure of all-MiniLM-L6-v2, without its weights.

Run it after changing this file; the tests hold the committed graph to it. Every weight stands in
the graph by its name in the model's ``model.safetensors`` and is handed over when a session is
made, so the graph is 20 kB and the weights are on the disk once.

The graph reads b texts of t tokens each, one after the other: ``embedded``, (b * t, 384) float32,
the sum of each token's word, position and type embedding, and ``shape``, which is [b, t, 12, 32]:
texts, tokens, heads, and the width of one. It gives ``tokens``, shaped as ``embedded``, their
contextual vectors. The tables of embeddings are no part of it: a text needs a few of their rows,
and a session would copy them all. Texts of one length need no padding, hence no mask.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

TARGET = Path(__file__).parent.parent / "gapfit" / "encoder" / "minilm.onnx"

# The model's config.json.
WIDTH, INNER, HEADS, LAYERS = 384, 1536, 12, 6
EPSILON = 1e-12

# Gelu is an operator since opset 20.
OPSET, IR_VERSION = 20, 9


class Graph:
    """Nodes and initializers, each named after what it stands for or in the order of making."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: list[onnx.TensorProto] = []

    def node(self, operator: str, *inputs: str, **attributes: object) -> str:
        output = f"{operator.lower()}-{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [output], **attributes))
        return output

    def constant(self, name: str, value: np.ndarray | np.generic) -> str:
        self.initializers.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def weight(self, name: str, *shape: int) -> str:
        """A tensor of the weights file; "external" data that is given to the session."""
        tensor = TensorProto(
            name=name, data_type=TensorProto.FLOAT, dims=shape, data_location=TensorProto.EXTERNAL
        )
        tensor.external_data.add(key="location", value="model.safetensors")
        self.initializers.append(tensor)
        return name

    def linear(self, x: str, name: str, width_in: int, width_out: int) -> str:
        weight = self.weight(f"{name}.weight", width_out, width_in)
        return self.node("Gemm", x, weight, self.weight(f"{name}.bias", width_out), transB=1)

    def normalised(self, x: str, name: str) -> str:
        scale, bias = (self.weight(f"{name}.{part}", WIDTH) for part in ("weight", "bias"))
        return self.node("LayerNormalization", x, scale, bias, axis=-1, epsilon=EPSILON)


def attended(graph: Graph, x: str, layer: str) -> str:
    """Multi-head self-attention with its residual, normalised."""

    def heads(name: str, order: list[int]) -> str:
        flat = graph.linear(x, f"{layer}.attention.self.{name}", WIDTH, WIDTH)
        return graph.node("Transpose", graph.node("Reshape", flat, "shape"), perm=order)

    query, key, value = (
        heads("query", [0, 2, 1, 3]),
        heads("key", [0, 2, 3, 1]),
        heads("value", [0, 2, 1, 3]),
    )
    scores = graph.node("Mul", graph.node("MatMul", query, key), "scale")
    mixed = graph.node("MatMul", graph.node("Softmax", scores, axis=-1), value)
    flat = graph.node("Reshape", graph.node("Transpose", mixed, perm=[0, 2, 1, 3]), "by-token")
    out = graph.linear(flat, f"{layer}.attention.output.dense", WIDTH, WIDTH)
    return graph.normalised(graph.node("Add", out, x), f"{layer}.attention.output.LayerNorm")


def transformed(graph: Graph, x: str, layer: str) -> str:
    """The feed-forward network with its residual, normalised."""
    inner = graph.node("Gelu", graph.linear(x, f"{layer}.intermediate.dense", WIDTH, INNER))
    out = graph.linear(inner, f"{layer}.output.dense", INNER, WIDTH)
    return graph.normalised(graph.node("Add", out, x), f"{layer}.output.LayerNorm")


def model() -> onnx.ModelProto:
    graph = Graph()
    graph.constant("by-token", np.array([-1, WIDTH], np.int64))
    graph.constant("scale", np.float32((WIDTH // HEADS) ** -0.5))
    x = graph.normalised("embedded", "embeddings.LayerNorm")
    for layer in (f"encoder.layer.{i}" for i in range(LAYERS)):
        x = transformed(graph, attended(graph, x, layer), layer)
    graph.nodes[-1].output[0] = "tokens"
    made = helper.make_graph(
        graph.nodes,
        "all-MiniLM-L6-v2",
        [
            helper.make_tensor_value_info("embedded", TensorProto.FLOAT, ["b*t", WIDTH]),
            helper.make_tensor_value_info("shape", TensorProto.INT64, [4]),
        ],
        [helper.make_tensor_value_info("tokens", TensorProto.FLOAT, ["b*t", WIDTH])],
        graph.initializers,
    )
    opset = helper.make_opsetid("", OPSET)
    return helper.make_model(made, opset_imports=[opset], ir_version=IR_VERSION)


def content() -> bytes:
    return bytes(model().SerializeToString(deterministic=True))


def main() -> None:
    TARGET.write_bytes(content())
    print(f"wrote {TARGET.name}, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
