"""Every error this project raises on purpose.

SkillError
├── ContentInvalid       files in content/ break the rules; carries every fault, not only the first
│   └── PackageInvalid   what would go to the skill store breaks its rules: options, settings, listing or models
├── EncoderDamaged       the trained encoder cannot be loaded, or is not the one that was committed
├── StoreDamaged         the compiled content file cannot be read or was built from something else
├── SettingsInvalid      a setting is missing or says something we cannot use
├── ModelInvalid         an interaction model cannot be read
├── DeploymentFailed     the folder of a Lambda function cannot be built
├── InputInvalid         a file or line that a person gave to the command line cannot be used
├── ServiceFailed        somebody's web service did not answer as a skill does
├── FeedbackUnavailable  the feedback store cannot be reached or written
│   ├── FeedbackLoginRefused  it can be reached, and lets us not in
│   └── FeedbackRefused  it can be used, but will never take this one rating
└── RequestRejected      a request at the door is not proven to be Alexa's, or not for us
    ├── RequestTooLarge  its body is over the limit
    └── DownloadsBusy    its certificates are not known, and as many downloads run as may
"""

from __future__ import annotations

from collections.abc import Sequence, Sized
from dataclasses import dataclass


class SkillError(Exception):
    """The root: catching it catches everything we raise on purpose."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong with one file, in words that an editor can act on."""

    file: str
    """Path, relative to the content folder; or the option or setting that was given."""
    key: str
    """Dotted path of the key inside the file, such as `causes.2.text`; empty for the file as a whole."""
    problem: str
    """What is wrong."""
    remedy: str
    """What to do about it."""

    def __str__(self) -> str:
        where = f"{self.file}: {self.key}" if self.key else self.file
        return f"{where}: {self.problem} {self.remedy}"


def counted(things: Sized, name: str) -> str:
    """How many there are, in words: "1 fault", "3 faults"."""
    return f"{len(things)} {name}{'' if len(things) == 1 else 's'}"


class ContentInvalid(SkillError):
    """Files in content/ break the rules. `faults` holds every one of them."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


class PackageInvalid(ContentInvalid):
    """What would go to the skill store breaks its rules. `faults` holds every breach."""


class StoreDamaged(SkillError):
    """The compiled content file is missing, unreadable, altered, or built from other sources."""


class EncoderDamaged(SkillError):
    """The trained encoder is missing, altered, or cannot be loaded."""


class SettingsInvalid(SkillError):
    """A setting is missing or has a value we cannot use; the message names it and says what is expected."""


class ModelInvalid(SkillError):
    """An interaction model file cannot be read as one."""


class DeploymentFailed(SkillError):
    """The folder of a Lambda function cannot be built; the message says which step failed, and why."""


class InputInvalid(SkillError):
    """A file or line given to the command line cannot be used; the message says which and why."""


class ServiceFailed(SkillError):
    """Somebody's web service, driven by `bump-guide simulate`, did not answer as a skill does; says what it did."""


class FeedbackUnavailable(SkillError):
    """The feedback store cannot be reached or written."""


class FeedbackLoginRefused(FeedbackUnavailable):
    """The store can be reached, and lets us not in: a matter of settings and rights, not of the network."""


class FeedbackRefused(FeedbackUnavailable):
    """The feedback store will not take this one rating, however often it is tried."""


class RequestRejected(SkillError):
    """The request is not proven to be Alexa's, or is not meant for us. The sender learns nothing but 400."""


class RequestTooLarge(RequestRejected):
    """The body is over the limit. The sender learns nothing but 413."""


class DownloadsBusy(RequestRejected):
    """Its certificates are not known, and as many downloads run as may. Says nothing against its address."""
