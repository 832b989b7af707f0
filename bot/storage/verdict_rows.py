"""Conversion of judgements to and from columns, and the store of articles as they were shown."""

import json
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.articles import ShownArticle
from bot.domain.families import Family
from bot.domain.matches import Match
from bot.domain.verdicts import (
    Abstain,
    Answer,
    FollowUp,
    Intent,
    Judgement,
    Suggest,
    Suggestion,
    Verdict,
)
from bot.storage.article_rows import of_old_form
from bot.storage.dialect import dialect_of, rows_of
from bot.storage.sql_functions import now
from bot.storage.tables import article_versions
from bot.storage.transactions import transaction


def as_columns(judgement: Judgement | None) -> dict[str, str | None]:
    """Returns the columns `verdict` and `found`; only `found` contains words of the text."""
    if judgement is None:
        return {"verdict": None, "found": None}
    verdict, found = _parts(judgement.verdict)
    verdict["versions"] = {
        article_id: article.version for article_id, article in judgement.articles.items()
    }
    return {"verdict": json.dumps(verdict), "found": json.dumps(found)}


def _parts(verdict: Verdict) -> tuple[dict[str, Any], list[Any]]:
    match verdict:
        case Answer(matches):
            return {"answer": [_head(match) for match in matches]}, [
                _words(match) for match in matches
            ]
        case Suggest(suggestions, families):
            suggested = [[one.article_id, one.score] for one in suggestions]
            asked = [[one.id, one.question, dict(one.answers)] for one in families]
            return {"suggest": suggested} | ({"families": asked} if asked else {}), []
        case Abstain(reason_missing):
            return {"abstain": reason_missing}, []
        case FollowUp(intent, answered, token, match, steps, elsewhere, cause):
            about = [intent.value, answered, token, match and _head(match), steps, elsewhere]
            # a process of the previous release, which knows no follow-ups, reads "abstain"
            found = {"follow_up": about, "cause": cause, "abstain": False}
            return found, [_words(match)] if match else []


def _head(match: Match) -> list[Any]:
    return [match.article_id, match.message, match.score]


def _words(match: Match) -> list[Any]:
    return [match.quote, match.captures, *match.all_captures]


def versions_in(verdict: str | None) -> set[str]:
    """Returns the versions of articles in a column `verdict`."""
    return set(json.loads(verdict)["versions"].values()) if verdict else set()


def judgement_of(
    verdict: str | None, found: str | None, versions: Mapping[str, ShownArticle]
) -> Judgement | None:
    """Returns the judgement of the columns; without `found`, quotes and captures are empty."""
    if verdict is None:
        return None
    kept = json.loads(verdict)
    articles = {article_id: versions[version] for article_id, version in kept["versions"].items()}
    return Judgement(_verdict(kept, json.loads(found or "[]")), articles)


def match_in(verdict: str | None, found: str | None, article_id: str | None) -> Match | None:
    """Returns the match of an article; None if it is not in the answer, or was forgotten."""
    if not (verdict and found and article_id):
        return None
    matches = getattr(_verdict(json.loads(verdict), json.loads(found)), "matches", ())
    return next((match for match in matches if match.article_id == article_id), None)


def _verdict(kept: dict[str, Any], found: list[Any]) -> Verdict:
    if "answer" in kept:
        found = found or [["", {}]] * len(kept["answer"])
        return Answer(
            tuple(_match(head, words) for head, words in zip(kept["answer"], found, strict=True))
        )
    if "suggest" in kept:
        families = tuple(Family(*one) for one in kept.get("families", ()))
        return Suggest(tuple(Suggestion(*one) for one in kept["suggest"]), families)
    if "follow_up" in kept:
        intent, answered, token, head, steps, elsewhere = kept["follow_up"]
        match = _match(head, found[0] if found else ["", {}]) if head else None
        cause = kept.get("cause", "")
        return FollowUp(Intent(intent), answered, token, match, tuple(steps), elsewhere, cause)
    return Abstain(kept["abstain"])


def _match(head: list[Any], words: list[Any]) -> Match:
    (article_id, message, score), (quote, captures, *others) = head, words
    return Match(article_id, message, score, quote, captures, all_captures=tuple(others))


class ArticleVersions:
    """A workspace's articles as they were shown, one row per version, cached in memory."""

    def __init__(self, engine: AsyncEngine, team: str) -> None:
        self._engine = engine
        self._team = team
        self._known: dict[str, ShownArticle] = {}

    @asynccontextmanager
    async def keeping(self, judgement: Judgement | None) -> AsyncIterator[AsyncConnection]:
        """Opens a transaction and stores the judgement's articles in it."""
        shown = judgement.articles.values() if judgement else ()
        new = {one.version: one for one in shown if one.version not in self._known}
        async with transaction(self._engine) as connection:
            if new:
                rows = [
                    {
                        "team": self._team,
                        "version": one.version,
                        "article_id": one.id,
                        "content": one.content,
                    }
                    for one in new.values()
                ]
                made = dialect_of(connection).insert(article_versions).values(created_at=now())
                await connection.execute(made.on_conflict_do_nothing(), rows)
            yield connection
        self._known |= new

    async def named(self, versions: Collection[str]) -> dict[str, ShownArticle]:
        """Returns the articles of these versions, by version."""
        missing = sorted(version for version in versions if version not in self._known)
        if missing:
            found = select(article_versions.c.version, article_versions.c.content).where(
                article_versions.c.team == self._team, article_versions.c.version.in_(missing)
            )
            for version, content in await rows_of(self._engine, found):
                self._known[version] = ShownArticle.model_validate(of_old_form(json.loads(content)))
        return {version: self._known[version] for version in versions}
