"""Possible causes of an error: what to read, why it happens, what to do."""

import re
from typing import Annotated, Any

from pydantic import Field, ValidationInfo, model_validator
from pydantic.json_schema import SkipJsonSchema

from bot.domain.article_fields import Key, Prose, Strict, TextOrKeys, Url
from bot.domain.escalations import XeroStatus
from bot.domain.names import Basis, Menu, Role, SharedTexts

_PROCEDURE = re.compile(r"\{do\.([a-z][a-z0-9_]*)\}")
MAX_CAUSES = 6


class Step(TextOrKeys):
    """An instruction; in YAML, a text alone is enough. `how`: the procedure that it names."""

    do: Prose = Field(description="The instruction; {do.name} is a procedure of procedures.yaml")
    risk: Prose | None = Field(default=None, description="What can't be undone, or can go wrong")
    how: SkipJsonSchema["Procedure | None"] = None

    @model_validator(mode="before")
    @classmethod
    def _with_procedure(cls, given: Any, info: ValidationInfo) -> Any:
        step = {"do": given} if isinstance(given, str) else given
        if not info.context or not isinstance(step, dict) or not isinstance(step.get("do"), str):
            return step
        return _with_procedure(step, info.context)


class Procedure(Strict):
    """Steps that several articles share, behind a *Show me how* button."""

    title: Prose = Field(description="What is done, as an instruction; steps show it")
    steps: Annotated[list[Step], Field(min_length=1, max_length=8)] = Field(
        description="1 to 8 steps, each a text or {do, risk}"
    )
    risk: Prose | None = Field(default=None, description="Shown beside the title, in every article")
    who: Role | None = Field(default=None, description="Who may do it")
    basis: Basis | None = Field(default=None, description="Where its steps come from")
    link: Url | None = Field(default=None, description="Xero's own page")
    menus: SkipJsonSchema[list[Menu]] = Field(default=[])
    """Other names of the menus that it names, and what opens them."""

    @model_validator(mode="before")
    @classmethod
    def _with_menus(cls, given: Any, info: ValidationInfo) -> Any:
        shared: SharedTexts | None = info.context
        if not shared or not isinstance(given, dict):
            return given
        return shared.names.with_menus(given)


class Look(Strict):
    """Where to look first: one screen, and one thing to read there."""

    where: Prose = Field(description="An instruction: open …, find … in …")
    at: Prose = Field(description='What to read there; continues "Check …"')


class Cause(Strict):
    """A possible cause: how to recognise it, why it is one, and what to do."""

    id: Key = Field(description="Its name in this file; never changes")
    label: Prose | None = Field(default=None, description="Its button, at most 3 words")
    check: Prose | None = Field(
        default=None, description="What one reads where the look points, at most 10 words"
    )
    usual: bool = Field(default=False, description="Shown first; exactly one is")
    reason: Prose = Field(description="One sentence, at most 25 words")
    action: Annotated[list[Step], Field(min_length=1)] = Field(
        description="1 to 3 steps of at most 18 words, each a text or {do, risk}"
    )
    who: Role | None = Field(default=None, description="Who may do it")
    done: Prose | None = Field(default=None, description='Continues "done when …"')
    basis: Basis | None = Field(default=None, description="Where reason and action come from")
    xero_status: XeroStatus | None = Field(
        default=None, description="The record's status in Xero; fills the escalation's form"
    )

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """The procedures that its steps name, without repetition."""
        return tuple({step.how.title: step.how for step in self.action if step.how}.values())

    @property
    def is_for_support(self) -> bool:
        """Whether it ends with a person of support: nobody in the shop can do it."""
        return self.who is Role.PRODUCT


def _with_procedure(step: dict[str, Any], shared: SharedTexts) -> dict[str, Any]:
    found = _PROCEDURE.search(step["do"])
    if found is None:
        return step
    procedure = shared.procedures.get(found[1])
    if procedure is None:
        known = ", ".join(sorted(shared.procedures)) or "none here"
        raise ValueError(f"procedures.yaml has no {found[1]} (allowed: {known})")
    text = _PROCEDURE.sub(procedure.title, step["do"], count=1)
    return {"risk": procedure.risk, **step, "do": text, "how": procedure}
