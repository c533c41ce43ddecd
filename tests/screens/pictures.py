"""Pictures of the screens into a folder: `make pictures TO=folder`. For eyes, not for tests."""

from __future__ import annotations

import sys
from pathlib import Path

from screens.examples import KINDS, VIEWPORTS, example
from screens.viewhost import Viewhost, missing

from skill.alexa.handle import Skill
from skill.assemble import assemble, open_library
from skill.feedback.memory import MemoryStore
from skill.settings import Settings
from skill.simulator.converse import Conversation
from skill.simulator.envelope import Device
from skill.simulator.hear import HearingModel


def main(folder: Path) -> None:
    """Writes <kind>-<viewport>.png for every kind of screen and every viewport."""
    settings = Settings.from_env()
    skill = Skill(assemble(settings, open_library(settings), MemoryStore()))
    model = HearingModel.load(settings.models / "en-US.json")
    folder.mkdir(parents=True, exist_ok=True)
    with Viewhost() as viewhost:
        for kind in KINDS:
            _, shown = example(kind, lambda: Conversation(model, skill.handle, Device(screen=True)), skill.handle)
            for name, viewport in VIEWPORTS.items():
                picture = folder / f"{kind}-{name}.png"
                viewhost(
                    document=shown["document"],
                    datasources=shown["datasources"],
                    viewport=viewport,
                    picture=str(picture),
                )
                sys.stdout.write(f"{picture}\n")


if __name__ == "__main__":
    if gaps := missing():
        sys.exit(gaps)
    if len(sys.argv) != 2:
        sys.exit("Give the folder for the pictures, for example: make pictures TO=/tmp/pictures")
    main(Path(sys.argv[1]))
