from __future__ import annotations

import pytest
from feedback.contract import FeedbackContract

from skill.feedback.memory import MemoryStore


class TestMemoryStore(FeedbackContract):
    @pytest.fixture
    def store(self) -> MemoryStore:
        return MemoryStore()
