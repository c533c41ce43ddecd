"""Content → the trained network: one seeded run, with a progress bar.

Every line teaches what it says: its topic (against all topics, and towards lines of the same topic), its urgent sign or
none, its aspect, its scope. Unknown parts are masked. A share of the lines is heard wrongly or cut short on purpose, as
devices do.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional
from tqdm import tqdm

from skill.encoder.encoder import EMBEDDING
from skill.training.lines import NO_SIGN, READ_ASPECTS, Line
from skill.training.network import Network

Encode = Callable[[Sequence[str]], tuple[Tensor, Tensor]]
"""Texts → word pieces and which of them are there, each (texts, pieces)."""


@dataclass(frozen=True)
class Plan:
    """What a run is made of."""

    seed: int = 7
    epochs: int = 8
    batch: int = 64
    rate: float = 1.5e-4
    faster: float = 8.0
    """How much faster the heads learn."""
    warm_up: float = 0.1
    topic_scale: float = 16.0
    alike_temperature: float = 0.1
    weights: tuple[float, float, float, float, float] = (1.0, 0.5, 1.5, 0.6, 1.0)
    """Of the losses: topic, likeness, sign, aspect, scope."""
    misheard: float = 0.15
    cut: float = 0.1
    bfloat16: bool = True
    """Multiply in 16 bits: nearly twice as fast where the processor can, the same figures within a point."""


def train(
    network: Network,
    encode: Encode,
    lines: Sequence[Line],
    plan: Plan,
    mishear: Callable[[str, random.Random], str],
    signs: Sequence[str],
    *,
    quiet: bool = False,
) -> None:
    """Trains `network` in place on `lines`; `mishear` gives a line as a recogniser might get it wrong; `signs` are the
    urgent signs in the order of the network's head.
    """
    torch.manual_seed(plan.seed)
    chance = random.Random(plan.seed)  # noqa: S311 - repeatable on purpose
    topics = {topic: place for place, topic in enumerate(dict.fromkeys(line.topic for line in lines if line.topic))}
    places = {sign: place for place, sign in enumerate(signs)}
    places[NO_SIGN] = len(signs)
    prototypes = torch.nn.Parameter(functional.normalize(torch.randn(len(topics), EMBEDDING), dim=-1))
    labels = [_labels(line, topics, places) for line in lines]
    steps = plan.epochs * -(-len(lines) // plan.batch)
    optimizer = torch.optim.AdamW(_groups(network, prototypes, plan), lr=plan.rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min((step + 1) / (plan.warm_up * steps), max(0.0, (steps - step) / (steps * (1 - plan.warm_up)))),
    )
    network.train()
    with tqdm(total=steps, disable=quiet, unit="step") as bar:
        for epoch in range(plan.epochs):
            for chosen in _batches(lines, plan.batch, chance):
                texts = [_heard(lines[place].text, plan, mishear, chance) for place in chosen]
                loss = _loss(network, prototypes, encode(texts), [labels[place] for place in chosen], plan)
                optimizer.zero_grad(set_to_none=True)
                loss.backward()
                torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
                optimizer.step()
                schedule.step()
                bar.update()
                bar.set_postfix(pass_=epoch + 1, loss=f"{loss.item():.2f}")
    network.eval()


def _groups(network: Network, prototypes: Tensor, plan: Plan) -> list[dict[str, object]]:
    """What is new learns faster than what MiniLM has learned already; weights decay, biases and norms do not."""
    heads = ("embedding", "sign", "aspect", "scope")
    new = [p for name, p in network.named_parameters() if name.startswith(heads)]
    old = [(name, p) for name, p in network.named_parameters() if not name.startswith(heads)]
    return [
        {"params": [p for _, p in old if p.ndim > 1], "weight_decay": 0.01},
        {"params": [p for _, p in old if p.ndim <= 1], "weight_decay": 0.0},
        {"params": [*new, prototypes], "weight_decay": 0.0, "lr": plan.rate * plan.faster},
    ]


def _labels(line: Line, topics: dict[str, int], signs: dict[str, int]) -> tuple[int, int, int, float]:
    """Topic, sign, aspect, scope as numbers; minus one for what is not known."""
    return (
        topics[line.topic] if line.topic else -1,
        signs[line.sign] if line.sign else -1,
        READ_ASPECTS.index(line.aspect) if line.aspect else -1,
        -1.0 if line.in_scope is None else float(line.in_scope),
    )


def _batches(lines: Sequence[Line], size: int, chance: random.Random) -> Iterator[list[int]]:
    """All lines once, in batches of like length, in random order."""
    order = list(range(len(lines)))
    chance.shuffle(order)
    window = size * 16
    batches: list[list[int]] = []
    for start in range(0, len(order), window):
        near = sorted(order[start : start + window], key=lambda place: len(lines[place].text))
        batches.extend(near[at : at + size] for at in range(0, len(near), size))
    chance.shuffle(batches)
    yield from batches


def _heard(text: str, plan: Plan, mishear: Callable[[str, random.Random], str], chance: random.Random) -> str:
    """The line as it may arrive: as it is, misheard, or without its beginning."""
    if chance.random() < plan.misheard:
        text = mishear(text, chance)
    words = text.split()
    if len(words) > 5 and chance.random() < plan.cut:
        text = " ".join(words[chance.randint(1, len(words) // 3) :])
    return text


def _loss(
    network: Network,
    prototypes: Tensor,
    batch: tuple[Tensor, Tensor],
    labels: Sequence[tuple[int, int, int, float]],
    plan: Plan,
) -> Tensor:
    with torch.autocast("cpu", torch.bfloat16, enabled=plan.bfloat16):
        embedding, sign, aspect, scope = (part.float() for part in network(*batch))
    topic_of, sign_of, aspect_of = (torch.tensor([label[part] for label in labels]) for part in range(3))
    scope_of = torch.tensor([label[3] for label in labels])
    nearness = embedding @ functional.normalize(prototypes, dim=-1).T * plan.topic_scale
    parts = (
        _known(functional.cross_entropy, nearness, topic_of, label_smoothing=0.05),
        _alike(embedding, topic_of, scope_of == 0, plan.alike_temperature),
        _known(functional.cross_entropy, sign, sign_of, label_smoothing=0.02),
        _known(functional.cross_entropy, aspect, aspect_of, label_smoothing=0.05),
        _known(functional.binary_cross_entropy_with_logits, scope, scope_of),
    )
    return sum((weight * part for weight, part in zip(plan.weights, parts, strict=True)), torch.zeros(()))


def _known(loss: Callable[..., Tensor], scores: Tensor, of: Tensor, **more: float) -> Tensor:
    known = of >= 0
    return loss(scores[known], of[known], **more) if known.any() else scores.sum() * 0.0


def _alike(embedding: Tensor, topic_of: Tensor, outside: Tensor, temperature: float) -> Tensor:
    """Supervised contrast (Khosla and others, 2020): lines of one topic near, of others far. It is what lets a topic
    that was never trained be found by its examples. Lines that no topic answers are far from all.
    """
    known, near = topic_of >= 0, (topic_of >= 0) | outside
    same = topic_of[known][:, None] == topic_of[near][None, :]
    itself = torch.arange(len(topic_of))[known][:, None] == torch.arange(len(topic_of))[near][None, :]
    positive = same & ~itself
    rows = positive.any(1)
    if not rows.any():
        return embedding.sum() * 0.0
    likeness = (embedding[known] @ embedding[near].T / temperature).masked_fill(itself, -1e9)
    log_share = likeness - likeness.logsumexp(1, keepdim=True)
    return -((log_share * positive).sum(1)[rows] / positive.sum(1)[rows]).mean()
