"""What the bot would say to a text, for people and for programs. The same engine as in Slack."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, TextIO

from rich.console import Console, RenderableType
from rich.progress import Progress
from rich.text import Text

from bot.domain.articles import KnowledgeBase
from bot.domain.reports import Door
from bot.domain.verdicts import Abstain, Answer, Suggest, Verdict
from bot.services.triage import Engine
from bot.slack import wording
from bot.slack.replies import Footer, Reply, reply
from bot.slack.terminal import drawn

NO_CANDIDATE = "No message of any article shares a rare word with this text."
SILENT = "Silence: nothing here is sure enough to answer unasked."
_NAMES = {Answer: "answer", Suggest: "suggest", Abstain: "abstain"}


class Explainer:
    """Explains texts at one door."""

    def __init__(self, knowledge: KnowledgeBase, door: Door) -> None:
        self._engine = Engine(knowledge)
        self._door = door

    def as_json(self, text: str, *, why: bool = False, **first: Any) -> str:
        """One JSON object: verdict, articles (best first) and suggestions; `first` goes in front."""
        described = first | _described(self._engine.judge(text, self._door))
        if why:
            described["why"] = [asdict(candidate) for candidate in self._engine.why(text, self._door)]
        return json.dumps(described, ensure_ascii=False)

    def drawn(self, text: str) -> RenderableType:
        """The reply as it would stand in Slack, or a line that says that the bot stays silent."""
        verdict = self._engine.judge(text, self._door)
        if self._door is Door.CHANNEL and isinstance(verdict, Abstain):
            return SILENT
        return drawn(self.reply(verdict, text))

    def why(self, text: str) -> RenderableType:
        """What decided."""
        return reasons(self._engine, text, self._door)

    def reply(self, verdict: Verdict, text: str) -> Reply:
        """The reply to a verdict on a text."""
        return reply(verdict, self._engine.knowledge, Footer(), empty=not text.strip())


def reasons(engine: Engine, text: str, door: Door) -> Text:
    """The candidates for a text, best first: each one's runner-up stands below it."""
    made = Text()
    for number, one in enumerate(engine.why(text, door), start=1):
        score = "not found" if one.score is None else wording.score(one.score)
        made.append(f"\n{number}. {one.article_id}", style="bold").append(f"  {score}: {one.rule.value}\n")
        made.append(f"   message  {one.message}\n   found    {' '.join(one.matched)}\n", style="dim")
        if one.missing:
            made.append(f"   missing  {' '.join(one.missing)}\n", style="red")
    return made or Text(NO_CANDIDATE)


def _described(verdict: Verdict) -> dict[str, Any]:
    matches = verdict.matches if isinstance(verdict, Answer) else ()
    suggestions = verdict.suggestions if isinstance(verdict, Suggest) else ()
    return {
        "verdict": _NAMES[type(verdict)],
        "articles": [
            {
                "id": match.article_id,
                "message": match.message,
                "score": match.score,
                "quote": match.quote,
                "captures": match.captures,
            }
            for match in matches
        ],
        "suggestions": [{"id": s.article_id, "score": s.score} for s in suggestions],
    }


def batch(
    explainer: Explainer, source: Iterable[bytes], target: TextIO, console: Console | None, size: int | None
) -> int:
    """Explain JSON lines {"id", "text"}, one object a line, in order and as they come; gives the number of bad lines.

    `console` draws a progress bar; `size` is the source's length in bytes when it is known.
    """
    bad = 0
    with Progress(console=console, disable=console is None, transient=True) as progress:
        bar = progress.add_task("Explaining", total=size)
        for number, line in enumerate(source, start=1):
            if line.strip():
                answer, good = _answer(explainer, line, number)
                bad += not good
                target.write(answer + "\n")
                target.flush()
            progress.advance(bar, len(line))
    return bad


def _answer(explainer: Explainer, line: bytes, number: int) -> tuple[str, bool]:
    try:
        given: Any = json.loads(line)
    except (ValueError, RecursionError):
        given = None
    if problem := _problem(given):
        identity = given.get("id") if isinstance(given, dict) else None
        return json.dumps({"id": identity, "error": f"line {number}: {problem}"}, ensure_ascii=False), False
    return explainer.as_json(given["text"], id=given["id"]), True


def _problem(given: Any) -> str | None:
    if not isinstance(given, dict):
        return 'not a JSON object in UTF-8; a line is {"id": …, "text": …}'
    if "id" not in given:
        return "id is missing"
    if not isinstance(given.get("text"), str):
        return "text is missing or not a string"
    return None
