"""The trained network → the artefact that is committed: an 8-bit ONNX file, its tokenizer, and what names them."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer

from skill.training.network import Network

OUTPUTS = ("embedding", "sign", "aspect", "scope")


def export(network: Network, tokenizer: Tokenizer, folder: Path, meta: dict[str, object]) -> None:
    """Writes encoder.onnx, tokenizer.json and meta.json with their hashes into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    pieces = torch.tensor([[2, 5, 6, 3], [2, 7, 3, 0]])
    present = (pieces > 0).long()
    axes = {name: {0: "lines", 1: "pieces"} for name in ("pieces", "present")}
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        torch.onnx.export(
            network, (pieces, present), str(whole), input_names=["pieces", "present"], output_names=list(OUTPUTS),
            dynamic_axes={**axes, **{name: {0: "lines"} for name in OUTPUTS}}, opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(
            str(whole), str(folder / "encoder.onnx"), weight_type=QuantType.QInt8, per_channel=True,
            op_types_to_quantize=["MatMul", "Gather"],
            nodes_to_exclude=[node.name for node in onnx.load(str(whole)).graph.node if "places" in node.name],
        )  # fmt: skip
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    files = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in ("encoder.onnx", "tokenizer.json")
    }
    (folder / "meta.json").write_text(json.dumps({**meta, "sha256": files}, indent=1) + "\n", encoding="utf-8")
