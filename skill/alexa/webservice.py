"""Amazon's web adapter, made importable.

ask-sdk-webservice-support 1.3.3 imports certvalidator, which imports oscrypto, whose newest release (1.3.0) cannot read
the version of OpenSSL 3.0.10 and later and raises while it is imported (wbond/oscrypto issues 75, 78 and 80: mended
only on its main branch). Only the adapter's RequestVerifier needs certvalidator, and ours stands in its place
(verify.py). So where certvalidator cannot be imported, stand-ins bear its name while the adapter is imported, and are
taken out again: nobody else ever finds them. Of the adapter, use only what is exported here.

Remove this module's work-around when oscrypto has a release after 1.3.0 that imports.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


class _CertificateValidator:
    """Stands in for certvalidator's; whoever makes one is told why there is none."""

    def __init__(self, *_args: object, **_options: object) -> None:
        raise NotImplementedError(
            "certvalidator cannot be imported on this system; signatures are checked by skill.alexa.verify"
        )


def _stand_ins() -> dict[str, ModuleType]:
    """certvalidator and its errors, with the three names that the adapter imports; any other is an AttributeError."""
    package, errors = ModuleType("certvalidator"), ModuleType("certvalidator.errors")
    vars(package).update(CertificateValidator=_CertificateValidator, errors=errors, __path__=[])
    # Classes of errors, because the adapter names them in an `except`; nothing raises them.
    for name in ("PathError", "ValidationError"):
        vars(errors)[name] = type(name, (Exception,), {})
    return {module.__name__: module for module in (package, errors)}


def _belongs_to_certvalidator(module: str) -> bool:
    return module.partition(".")[0] in {"certvalidator", "oscrypto"}


def _certvalidator_imports() -> bool:
    """Tries it; a failure leaves no half of it, and none of oscrypto, behind in sys.modules."""
    before = set(sys.modules)
    try:
        importlib.import_module("certvalidator")
    except Exception:  # oscrypto's own LibraryNotFoundError here; an ImportError where it is not installed
        for name in set(sys.modules) - before:
            if _belongs_to_certvalidator(name):
                del sys.modules[name]
        return False
    return True


@contextmanager
def _certvalidator_or_stand_ins() -> Iterator[None]:
    if _certvalidator_imports():
        yield
        return
    stand_ins = _stand_ins()
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name in stand_ins:
            del sys.modules[name]


# Threads are no concern: Python runs a module's body once, and makes everyone else who imports it wait for the end.
with _certvalidator_or_stand_ins():
    from ask_sdk_webservice_support.verifier import AbstractVerifier, TimestampVerifier
    from ask_sdk_webservice_support.webservice_handler import WebserviceSkillHandler

__all__ = ["AbstractVerifier", "TimestampVerifier", "WebserviceSkillHandler"]
