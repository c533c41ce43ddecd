"""onnxruntime, imported with its telemetry off. Everybody who needs it imports it from here.

Its official builds send events about every session to Microsoft unless ORT_DISABLE_TELEMETRY is set before they are
loaded (Privacy.md in the package, "Disabling Telemetry"; seen with 1.32 on Linux): they write an identifier of the
device and a database of events below the home folder, and start a thread, over which a process forked later hangs when
it ends. The policy promises that nothing of this happens.
"""

from __future__ import annotations

import os

os.putenv("ORT_DISABLE_TELEMETRY", "1")  # for C code; Python's own view of the environment stays as it is

import onnxruntime

__all__ = ["onnxruntime"]
