"""What an operator decides for one package: where the skill is reached, and the pages that it links to."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import SplitResult, urlsplit

from skill.errors import Fault

Certificate = Literal["Trusted", "Wildcard", "SelfSigned"]
"""The three that a manifest knows, spelled so: ask-smapi-model, SSLCertificateType [A]."""

LAMBDA_REGIONS = ("us-east-1", "eu-west-1", "us-west-2", "ap-northeast-1")
"""Where a function can have Alexa as its trigger: ask-cli constants; skill-sample-nodejs-trivia guide [A]."""
LONGEST_URL = 2000
"""Ours, after the limit of a card's image address: no limit of the manifest's was found."""
_EXAMPLES = {
    "--https": "https://skill.example.org/",
    "--privacy": "https://example.org/privacy-policy.html",
    "--terms": "https://example.org/terms-of-use.html",
}
_ARN = re.compile(r"arn:aws:lambda:([a-z0-9-]+):\d{12}:function:[A-Za-z0-9-_]{1,64}(?::[A-Za-z0-9-_$]{1,128})?")


@dataclass(frozen=True)
class PackageOptions:
    """Everything that settings and content do not say."""

    lambda_arn: str | None = None
    """The function on AWS that answers; or else `https_url`."""
    https_url: str | None = None
    """The address of a web service that answers."""
    certificate: Certificate | None = None
    """Which kind of certificate that web service has."""
    privacy_url: str | None = None
    """The published privacy policy. Needed: the store asks for one as soon as a skill is about health."""
    terms_url: str | None = None
    """The published terms of use."""
    screens: bool = False
    """Declares that the skill draws on screens (APL)."""
    export_compliant: bool = False
    """The operator declares that the skill may be exported from the United States; the store needs it."""

    @property
    def endpoint(self) -> dict[str, str]:
        """The manifest's endpoint; only for options without faults."""
        if self.lambda_arn:
            return {"uri": self.lambda_arn}
        return {"uri": self.https_url or "", "sslCertificateType": self.certificate or ""}


def option_faults(options: PackageOptions) -> Iterator[Fault]:
    """Everything that keeps these options from being packaged."""
    if (options.lambda_arn is None) == (options.https_url is None):
        yield Fault(
            "--lambda or --https", "", "One endpoint is needed, and only one.",
            "Name the function with --lambda ARN, or the web service with --https URL and --certificate.",
        )  # fmt: skip
    yield from _lambda_faults(options)
    yield from _https_faults(options)
    if options.privacy_url is None:
        yield Fault(
            "--privacy", "", "The address of the privacy policy is missing.",
            "Publish one (bump-guide policies writes it) and give its https address.",
        )  # fmt: skip
    for option, url in (("--privacy", options.privacy_url), ("--terms", options.terms_url)):
        if url is not None:
            yield from _url_faults(option, url)


def _lambda_faults(options: PackageOptions) -> Iterator[Fault]:
    if options.lambda_arn is None:
        return
    arn = _ARN.fullmatch(options.lambda_arn)
    if arn is None:
        yield Fault(
            "--lambda", "", f"{options.lambda_arn!r} is not the ARN of a function.",
            "It looks like arn:aws:lambda:eu-west-1:123456789012:function:bump-guide; the stack's outputs name it.",
        )  # fmt: skip
    elif arn.group(1) not in LAMBDA_REGIONS:
        problem = f"Alexa calls no function in {arn.group(1)}."
        yield Fault("--lambda", "", problem, f"Deploy it to one of: {', '.join(LAMBDA_REGIONS)}.")
    if options.certificate is not None and options.https_url is None:
        yield Fault("--certificate", "", "A function on AWS has no certificate to name.", "Leave it out.")


def _https_faults(options: PackageOptions) -> Iterator[Fault]:
    """Host a Custom Skill as a Web Service [A]: https, port 443, a name that a certificate can stand for."""
    if options.https_url is None:
        return
    yield from _url_faults("--https", options.https_url)
    parts = _split(options.https_url)
    if parts is not None and parts.port not in {None, 443}:
        yield Fault("--https", "", "Alexa calls port 443 only.", "Leave the port out of the address.")
    if options.certificate is None:
        yield Fault("--certificate", "", "The kind of certificate is missing.", "Name Trusted, Wildcard or SelfSigned.")


def _url_faults(option: str, url: str) -> Iterator[Fault]:
    parts = _split(url)
    if parts is None or not parts.hostname or not url.isascii() or any(letter.isspace() for letter in url):
        yield Fault(option, "", f"{url!r} is not an address.", f"Give it whole, such as {_EXAMPLES[option]}.")
        return
    if parts.scheme != "https":
        yield Fault(option, "", f"{url!r} is not https.", "Serve it over https, and give that address.")
    if parts.username is not None or parts.password is not None:
        yield Fault(option, "", "The address holds a user name or password.", "Take it out: the address is public.")
    if len(url) > LONGEST_URL:
        yield Fault(option, "", f"The address has {len(url)} characters.", f"Keep to {LONGEST_URL}.")
    if _is_private(parts.hostname):
        yield Fault(option, "", f"Nobody outside reaches {parts.hostname!r}.", "Give a public name.")


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.hostname, parts.port  # both raise where they cannot be read
    except ValueError:
        return None
    return parts


def _is_private(host: str) -> bool:
    """An IP address, or a name without a dot, has no certificate that Amazon trusts."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "." not in host.strip(".") or host.endswith((".local", ".localhost", ".internal"))
    return True
