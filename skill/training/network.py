"""The network that is trained: a MiniLM-shaped sentence encoder with an embedding for topics and three heads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from skill.encoder.encoder import EMBEDDING


@dataclass(frozen=True)
class Shape:
    """Sizes of the encoder; those of MiniLM-L6 unless said otherwise."""

    vocabulary: int
    layers: int = 6
    hidden: int = 384
    intermediate: int = 1536
    attention_heads: int = 12
    positions: int = 64


class Layer(nn.Module):  # type: ignore[misc]
    """One transformer layer, as BERT has it."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.attention_heads
        self.query = nn.Linear(shape.hidden, shape.hidden)
        self.key = nn.Linear(shape.hidden, shape.hidden)
        self.value = nn.Linear(shape.hidden, shape.hidden)
        self.attention_out = nn.Linear(shape.hidden, shape.hidden)
        self.attention_norm = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.up = nn.Linear(shape.hidden, shape.intermediate)
        self.down = nn.Linear(shape.intermediate, shape.hidden)
        self.norm = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.dropout = nn.Dropout(0.1)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """States (batch, words, hidden) and an additive mask (batch, 1, 1, words) → states."""
        batch, words, hidden = states.shape

        def split(linear: nn.Linear) -> Tensor:
            return linear(states).view(batch, words, self.heads, hidden // self.heads).transpose(1, 2)

        query, key, value = split(self.query), split(self.key), split(self.value)
        scores = query @ key.transpose(2, 3) / (hidden // self.heads) ** 0.5 + mask
        attended = (self.dropout(scores.softmax(-1)) @ value).transpose(1, 2).reshape(batch, words, hidden)
        states = self.attention_norm(states + self.dropout(self.attention_out(attended)))
        widened = functional.gelu(self.up(states))
        return self.norm(states + self.dropout(self.down(widened)))


class Network(nn.Module):  # type: ignore[misc]
    """Word pieces → an embedding of unit length, and logits: urgent signs (the last is none), aspects, scope."""

    def __init__(self, shape: Shape, signs: int, aspects: int) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, shape.hidden)
        self.places = nn.Embedding(shape.positions, shape.hidden)
        self.start_norm = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.dropout = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.embedding = nn.Linear(shape.hidden, EMBEDDING)
        self.sign = nn.Linear(shape.hidden, signs + 1)
        self.aspect = nn.Linear(shape.hidden, aspects)
        self.scope = nn.Linear(shape.hidden, 1)

    def forward(self, pieces: Tensor, present: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Ids (batch, words) and 1 where there is a word piece, else 0 → embedding, signs, aspects, scope."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        states = self.dropout(self.start_norm(self.words(pieces) + self.places(places)[None]))
        shown = present.to(states.dtype)
        mask = (1.0 - shown)[:, None, None, :] * -10_000.0
        for layer in self.layers:
            states = layer(states, mask)
        pooled = (states * shown[:, :, None]).sum(1) / shown.sum(1, keepdim=True)
        embedding = functional.normalize(self.embedding(pooled), dim=-1)
        return embedding, self.sign(pooled), self.aspect(pooled), self.scope(pooled).squeeze(-1)


_LAYER_NAMES = {
    "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
    "attention_out": "attention.output.dense", "attention_norm": "attention.output.LayerNorm",
    "up": "intermediate.dense", "down": "output.dense", "norm": "output.LayerNorm",
}  # fmt: skip


def start_from(network: Network, weights: Path, kept: list[int], layers: tuple[int, ...]) -> None:
    """Copies MiniLM's weights: of the word pieces `kept`, and of the `layers` that are kept, into the network."""
    from safetensors.torch import load_file  # noqa: PLC0415 - of the extra `training`

    found = {name.removeprefix("bert."): tensor for name, tensor in load_file(weights).items()}
    state: dict[str, Any] = {
        "words.weight": found["embeddings.word_embeddings.weight"][kept],
        "places.weight": found["embeddings.position_embeddings.weight"][: network.shape.positions]
        + found["embeddings.token_type_embeddings.weight"][0],
        "start_norm.weight": found["embeddings.LayerNorm.weight"],
        "start_norm.bias": found["embeddings.LayerNorm.bias"],
    }
    for place, layer in enumerate(layers):
        for ours, theirs in _LAYER_NAMES.items():
            for part in ("weight", "bias"):
                state[f"layers.{place}.{ours}.{part}"] = found[f"encoder.layer.{layer}.{theirs}.{part}"]
    missing, unexpected = network.load_state_dict(state, strict=False)
    heads = {name.split(".")[0] for name in missing}
    if unexpected or heads - {"embedding", "sign", "aspect", "scope"}:
        raise ValueError(f"weights do not fit: {unexpected or missing}")
