"""What Lambda calls with each request of Alexa's. Everything is loaded while this module is: Lambda initialises an
instance with more processor time than a small function has later, and often before the first request needs it
(https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html, "Init phase").
"""

from __future__ import annotations

from skill.aws_lambda.entrance import entrance
from skill.settings import Settings

handler = entrance(Settings.from_env())
