"""What Lambda calls with each request of Alexa's. The library is opened while this module is loaded, so that an
instance that cannot answer is seen to fail at its start.
"""

from __future__ import annotations

from skill.aws_lambda.entrance import entrance
from skill.settings import Settings

handler = entrance(Settings.from_env())
