"""blocks.validate; docs.slack.dev/reference/methods/blocks.validate."""

from __future__ import annotations

from collections.abc import Iterator

from slack_sandbox.blockkit.checks import check_blocks, check_view
from slack_sandbox.methods.web_api import Arguments, Method
from slack_sandbox.state.models import ApiError, Json


class BlockMethods:
    """The one method without token or workspace: it checks as chat.postMessage does."""

    def table(self) -> dict[str, Method]:
        """The methods by their names."""
        return {"blocks.validate": Method(self.validate, needs_token=False)}

    def validate(self, args: Arguments) -> Json:
        """blocks.validate: exactly one of blocks, message and view."""
        given = [
            name for name in ("blocks", "message", "view") if args.values.get(name) is not None
        ]
        if len(given) != 1:
            raise ApiError(
                "invalid_arguments",
                ["[ERROR] must provide exactly one of blocks, view, or message"],
            )
        name = given[0]
        if errors := [_error(fault) for fault in _faults(name, args.values[name])]:
            raise ApiError(f"invalid_{name}", errors=errors)
        return {}


def _faults(name: str, value: object) -> Iterator[str]:
    """Their paths begin at the argument, whatever its name."""
    if name == "view":
        yield from check_view(value, "")
    elif name == "blocks":
        yield from check_blocks(value, "message", "")
    elif not isinstance(value, dict):
        yield "must be an object [json-pointer:]"
    else:
        yield from check_blocks(value.get("blocks") or [], "message")


def _error(fault: str) -> Json:
    message, _, pointer = fault.removesuffix("]").rpartition(" [json-pointer:")
    return {"pointer": pointer, "code": "failed_constraint", "message": message}
