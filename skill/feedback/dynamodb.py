"""Ratings in a DynamoDB table, through boto3: the extra `aws`.

One item for each kind, topic, aspect, locale, content version, day and shard. It holds a number for each answer, and
for a day the set of tokens that were counted; so one UpdateItem does both or neither. An item is at most 400 KB, which
is some 12,000 tokens: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html

What it needs: UpdateItem to count; GetItem for `ping`; Scan (table and index) and UpdateItem to read, move and forget.
"""

from __future__ import annotations

import json
import secrets
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple
from datetime import date
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from skill.errors import FeedbackRefused, FeedbackUnavailable
from skill.feedback.record import OWN, Count, Feedback, Tally, count_by_topic

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

SHARDS = 8
"""Items that share what is rated most, so that neither their size nor writes a second (1,000 an item) are a limit."""

_KEY = "item"
_DAY_INDEX = "days-with-tokens"
"""Sparse: only items that hold tokens are in it, so that forgetting does not read the counts of past years."""
_NAME = {_KEY: {"S": "identity"}}
_TIMES = "times "  # and the answer, as in "times helpful"
_CONFIG = Config(connect_timeout=2, read_timeout=5, retries={"total_max_attempts": 2, "mode": "standard"})


class DynamoStore:
    """Keeps ratings in one table, which must be there; safe between threads and processes. Connects when first used."""

    def __init__(self, table: str, region: str | None = None, endpoint: str | None = None) -> None:
        """`region` and `endpoint` are AWS's own unless given; so are the credentials, always.

        Raises FeedbackUnavailable where no region is known.
        """
        self._table = table
        with _errors():
            self._client: DynamoDBClient = boto3.client(
                "dynamodb", region_name=region, endpoint_url=endpoint, config=_CONFIG
            )

    def add(self, token: str, feedback: Feedback) -> bool:
        """See FeedbackSink. A token counts once for its topic, aspect, locale, version and day, whatever the answer."""
        shard = zlib.crc32(token.encode()) % SHARDS
        return self._update(
            _item(feedback, f"{OWN}.{shard}"),
            UpdateExpression="ADD #times :one, tokens :token SET token_day = :day",
            ConditionExpression="NOT contains(tokens, :word)",
            ExpressionAttributeNames={"#times": _TIMES + feedback.answer},
            ExpressionAttributeValues={
                ":one": {"N": "1"},
                ":token": {"SS": [token]},
                ":word": {"S": token},
                ":day": {"S": feedback.day.isoformat()},
            },
        )

    def counts(self) -> Sequence[Count]:
        """See FeedbackStore."""
        return count_by_topic(self.tallies())

    def forget_tokens(self, before: date) -> int:
        """See FeedbackStore."""
        forgotten = 0
        with _errors():
            for item in self._scan(IndexName=_DAY_INDEX):
                if item["token_day"]["S"] < before.isoformat():
                    forgotten += self._forget(item[_KEY])
        return forgotten

    def _forget(self, key: Any) -> int:
        old = self._client.update_item(
            TableName=self._table,
            Key={_KEY: key},
            UpdateExpression="REMOVE tokens, token_day",
            ReturnValues="UPDATED_OLD",
        )
        return len(old.get("Attributes", {}).get("tokens", {}).get("SS", ()))

    def identity(self) -> str:
        """See FeedbackStore."""
        self._update(
            _NAME,
            UpdateExpression="SET #id = :id",
            ConditionExpression="attribute_not_exists(#id)",
            ExpressionAttributeNames={"#id": "id"},
            ExpressionAttributeValues={":id": {"S": secrets.token_hex(16)}},
        )
        with _errors():
            found = self._client.get_item(TableName=self._table, Key=_NAME, ConsistentRead=True)
        return found["Item"]["id"]["S"]

    def tallies(self) -> Sequence[Tally]:
        """See FeedbackStore."""
        with _errors():
            return [tally for item in self._scan(ConsistentRead=True) if item[_KEY] != _NAME[_KEY]
                    for tally in _tallies(item)]  # fmt: skip

    def merge(self, tallies: Iterable[Tally]) -> int:
        """See FeedbackStore. Each count in its own step: where it breaks off, the same again does the rest."""
        return sum(
            self._update(
                _item(tally.feedback, tally.origin),
                UpdateExpression="SET #times = :times",
                ConditionExpression="attribute_not_exists(#times) OR #times < :times",
                ExpressionAttributeNames={"#times": _TIMES + tally.feedback.answer},
                ExpressionAttributeValues={":times": {"N": str(tally.times)}},
            )
            for tally in tallies
        )

    def prepare(self) -> None:
        """See FeedbackStore. The table is paid for by request. On AWS template.yaml makes it."""
        with _errors():
            if self._table in self._client.get_paginator("list_tables").paginate().build_full_result()["TableNames"]:
                return
            self._client.create_table(
                TableName=self._table,
                BillingMode="PAY_PER_REQUEST",
                AttributeDefinitions=[
                    {"AttributeName": name, "AttributeType": "S"} for name in (_KEY, "token_day")
                ],
                KeySchema=[{"AttributeName": _KEY, "KeyType": "HASH"}],
                GlobalSecondaryIndexes=[
                    {
                        "IndexName": _DAY_INDEX,
                        "KeySchema": [{"AttributeName": "token_day", "KeyType": "HASH"}],
                        "Projection": {"ProjectionType": "KEYS_ONLY"},
                    }
                ],
            )  # fmt: skip
            self._client.get_waiter("table_exists").wait(TableName=self._table, WaiterConfig={"Delay": 1})

    def ping(self) -> None:
        """See FeedbackSink."""
        with _errors():
            self._client.get_item(TableName=self._table, Key=_NAME)

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()

    def _update(self, key: dict[str, Any], **update: Any) -> bool:
        """One UpdateItem; False where its condition does not hold."""
        with _errors():
            try:
                self._client.update_item(TableName=self._table, Key=key, **update)
            except self._client.exceptions.ConditionalCheckFailedException:
                return False
        return True

    def _scan(self, **how: Any) -> Iterator[dict[str, Any]]:
        for page in self._client.get_paginator("scan").paginate(TableName=self._table, **how):
            yield from page["Items"]


def _item(feedback: Feedback, origin: str) -> dict[str, Any]:
    *words, _, locale, version, day, kind = astuple(feedback)
    return {_KEY: {"S": json.dumps([kind, *words, locale, version, day.isoformat(), origin], ensure_ascii=False)}}


def _tallies(item: dict[str, Any]) -> Iterator[Tally]:
    kind, topic, aspect, locale, version, day, origin = json.loads(item[_KEY]["S"])
    for name, value in item.items():
        if name.startswith(_TIMES):
            answer = name.removeprefix(_TIMES)
            feedback = Feedback(topic, aspect, answer, locale, version, date.fromisoformat(day), kind)
            yield Tally(feedback, int(value["N"]), origin)


@contextmanager
def _errors() -> Iterator[None]:
    """boto3's errors as ours, without their messages, which may hold what was to be written."""
    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "unknown")
        if code == "ValidationException":
            raise FeedbackRefused(f"DynamoDB does not take this rating ({code}).") from error
        raise FeedbackUnavailable(f"The DynamoDB store cannot be used ({code}).") from error
    except BotoCoreError as error:
        raise FeedbackUnavailable(f"The DynamoDB store cannot be used ({type(error).__name__}).") from error
