"""The fields of a form: Slack's `view.state.values`; block id = action id = field."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.escalations import FormFile


@dataclass(frozen=True)
class FormValues:
    """The fields of a form that was sent. A field that it does not have is empty."""

    _values: Mapping[str, Mapping[str, Mapping[str, Any]]]

    def text(self, field: str) -> str:
        """What was typed into a field, without blanks around it."""
        return str(self._field(field).get("value") or "").strip()

    def date(self, field: str) -> str:
        """The day that was chosen, such as 2026-11-29."""
        return str(self._field(field).get("selected_date") or "")

    def option(self, field: str) -> str:
        """The value of the option that was chosen."""
        chosen = self._field(field).get("selected_option") or {}
        return str(chosen.get("value") or "")

    def files(self, field: str) -> tuple[FormFile, ...]:
        """The files that were added."""
        return tuple(
            FormFile(id=str(file["id"]), name=str(file.get("name") or ""))
            for file in self._field(field).get("files") or ()
        )

    def has(self, field: str) -> bool:
        """Whether the form shows a field."""
        return field in self._values

    def is_ticked(self, field: str) -> bool:
        """Whether any of a field's boxes is ticked."""
        return bool(self._field(field).get("selected_options"))

    def _field(self, field: str) -> Mapping[str, Any]:
        return self._values.get(field, {}).get(field, {})
