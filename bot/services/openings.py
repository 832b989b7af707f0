"""Opening of answers at one of their causes."""

from dataclasses import replace

from bot.domain.openings import open_at, opened
from bot.domain.reports import NO_CAUSE, Interaction, Opening, Visibility
from bot.domain.verdicts import Judgement, matches_of
from bot.recognition.recogniser import Recogniser
from bot.storage.openings import OpeningStore


class Openings:
    """Opens an answer at another article or cause, once, however often the button is pressed."""

    def __init__(self, recogniser: Recogniser, openings: OpeningStore) -> None:
        self._recogniser = recogniser
        self._openings = openings

    async def open(self, interaction: Interaction, opening: Opening, response_url: str) -> bool:
        """Store what somebody opened; a job updates the reply.

        False if the answer has no such cause, or its message has changed since. Does nothing if
        the reply is open there already. `response_url`: where an ephemeral reply is updated.
        """
        judgement = self._recogniser.current_judgement(interaction)
        matches, articles = matches_of(judgement.verdict), judgement.articles
        opening = self._under_current_id(opening, judgement)
        found = opened(matches, articles, opening)
        if found is None:
            return False
        url = response_url if interaction.visibility is Visibility.EPHEMERAL else ""
        if found != open_at(matches, articles, interaction.opening):
            return await self._openings.save(interaction, opening, url)
        # an earlier update may have missed the ephemeral reply
        return not url or await self._openings.redraw(interaction, url)

    def _under_current_id(self, opening: Opening, judgement: Judgement) -> Opening:
        """Return an opening by the current id of an article that was merged into another one.

        A cause that did not come along is the one that the message tells.
        """
        matches, articles = matches_of(judgement.verdict), judgement.articles
        current = self._recogniser.knowledge.current(opening.article_id)
        if opening.article_id in articles or current not in articles:
            return opening
        named = [articles[current].cause_of(m.message) for m in matches if m.article_id == current]
        cause = articles[current].cause(opening.cause_id)
        if opening.cause_id != NO_CAUSE:
            cause = cause or next(iter(named), None)
        return replace(
            opening, article_id=current, cause_id=cause.id if cause else opening.cause_id
        )
