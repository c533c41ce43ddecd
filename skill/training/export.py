"""The trained network → the artefact that is committed: 8-bit ONNX, word pieces, embeddings of known lines."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from skill.encoder.encoder import EMBEDDING, KNOWN, PIECES
from skill.encoder.version import NETWORK
from skill.training.network import Network

OUTPUTS = ("embedding", "sign", "aspect", "scope")


def export(network: Network, pieces: Sequence[str], folder: Path) -> None:
    """Writes the network and its word pieces into `folder`, and an empty file of known embeddings."""
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    example = torch.tensor([[2, 5, 6, 3], [2, 7, 3, 0]])
    axes = {name: {0: "lines", 1: "pieces"} for name in ("pieces", "present")}
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        torch.onnx.export(
            network, (example, (example > 0).long()), str(whole),
            input_names=["pieces", "present"], output_names=list(OUTPUTS),
            dynamic_axes={**axes, **{name: {0: "lines"} for name in OUTPUTS}}, opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(
            str(whole), str(folder / NETWORK), weight_type=QuantType.QInt8, per_channel=True,
            op_types_to_quantize=["MatMul", "Gather"],
            nodes_to_exclude=[node.name for node in onnx.load(str(whole)).graph.node if "places" in node.name],
        )  # fmt: skip
    (folder / PIECES).write_text("\n".join(pieces) + "\n", encoding="ascii")
    np.savez(folder / KNOWN, keys=np.empty(0, np.uint64), vectors=np.empty((0, EMBEDDING), np.int8))
