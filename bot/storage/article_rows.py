"""Articles without causes, as rows of releases before 0.3 hold them."""

from typing import Any

from bot.domain.names import Role

_KEYS = frozenset({"reason", "action", "caution", "who"})
_WHO = "Who can do this: {who}"


def of_old_form(given: dict[str, Any]) -> dict[str, Any]:
    """Return the content of an article with its reason and action as its one cause.

    `caution` becomes the risk of the first step: it is read before acting. `who` is a sentence
    there, and goes in front of `prevent`. Others are returned as they are.
    """
    if "causes" in given or not _KEYS & set(given):
        return given
    cause: dict[str, Any] = {"id": "usual", "usual": True}
    cause |= {key: given[key] for key in ("reason", "action") if key in given}
    action, caution, who = given.get("action"), given.get("caution"), given.get("who")
    if caution and isinstance(action, list) and action:
        cause["action"] = [{"do": action[0], "risk": caution}, *action[1:]]
    made = {key: value for key, value in given.items() if key not in _KEYS} | {"causes": [cause]}
    if isinstance(who, str) and who in set(Role):
        cause["who"] = who
    elif isinstance(who, str):
        made["prevent"] = " ".join(filter(None, (_WHO.format(who=who), given.get("prevent"))))
    return made
