"""Warnings about settings: misspelt names, invalid lines, a `.env` that other users can read."""

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from dotenv.parser import Binding, parse_stream
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.settings import DEFAULT_PREFIX, ENCODING, SECRETS, Settings

_NAMES = tuple(name.upper() for name in Settings.model_fields)
_FIRST_WORDS = {name.split("_")[0] for name in _NAMES if "_" in name}
_SECRETS = frozenset(map(str.upper, SECRETS))

MIN_SIMILARITY = 75.0
"""Similarity, 0 to 100, of a misspelt name in `.env`: PROT for PORT reaches it."""
MIN_LENGTH = 8
"""Letters of a setting that is looked for in the environment; HOSTS and POST belong to others."""
MIN_LENGTH_FOR_TWO = 15
"""Letters of a name in which two may be wrong."""
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def hints(file: Path, environment: Mapping[str, str]) -> list[str]:
    """Return sentences for the operator, each beginning with a name.

    Raises:
        OSError, UnicodeDecodeError: the file exists but cannot be read.
    """
    return [*without_effect(file, environment), *_readable_secrets(file, _written(_lines(file)))]


def without_effect(file: Path, environment: Mapping[str, str]) -> list[str]:
    """Return those of `hints` that are about lines, names and values without effect.

    Raises as `hints`.
    """
    lines = _lines(file)
    written = _written(lines)
    in_use = _set(written) | _set(environment)
    return [
        *(
            f"{file}:{line.original.line}: has no effect (allowed: NAME=value)"
            for line in lines
            if line.error
        ),
        *_unknown(_misspelt_in_file(written), str(file)),
        *_unknown(_misspelt_in(environment, in_use), "the environment"),
        *_only_in_the_container(environment.get("HOST") or written.get("HOST"), environment),
    ]


def value_of(name: str, file: Path, environment: Mapping[str, str]) -> str:
    """Return the text that a setting is set to, valid or not; empty if it is not to be found."""
    found = ""
    with suppress(OSError, UnicodeDecodeError):
        for values in (_written(_lines(file)), environment):
            given = {key.upper(): value for key, value in values.items() if value}
            found = given.get(name) or found
    return found


def _lines(file: Path) -> list[Binding]:
    if not file.is_file():
        return []
    with file.open(encoding=ENCODING) as stream:
        return list(parse_stream(stream))


def _written(lines: Iterable[Binding]) -> dict[str, str | None]:
    return {line.key: line.value for line in lines if line.key}


def _unknown(misspelt: Iterable[tuple[str, str]], where: str) -> Iterator[str]:
    for name, nearest in misspelt:
        yield f"{name}: not a setting, so it has no effect (in {where}); did you mean {nearest}?"


def _only_in_the_container(host: str | None, environment: Mapping[str, str]) -> Iterator[str]:
    if host in LOOPBACK and f"{DEFAULT_PREFIX}HOST" in environment:
        yield (
            f"HOST: {host} is reached from inside the container only, a published port reaches "
            "nothing; leave it empty, unless the container uses the host's network"
        )


def _set(values: Mapping[str, str | None]) -> set[str]:
    return {name.upper() for name, value in values.items() if value}


def _misspelt_in_file(written: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield names in the bot's own file that are similar to a setting or share its first word."""
    for name in written:
        known = name.upper()
        nearest, score, _ = process.extractOne(known, _NAMES, scorer=fuzz.ratio)
        if known not in _NAMES and (score >= MIN_SIMILARITY or known.split("_")[0] in _FIRST_WORDS):
            yield name, nearest


def _misspelt_in(environment: Iterable[str], in_use: set[str]) -> Iterator[tuple[str, str]]:
    """Yield environment variables that differ from an unset setting in one or two letters."""
    wanted = [name for name in _NAMES if len(name) >= MIN_LENGTH and name not in in_use]
    for name in environment:
        known = name.upper()
        found = process.extractOne(known, wanted, scorer=OSA.distance, score_cutoff=2)
        if known not in _NAMES and found and (found[1] == 1 or len(found[0]) >= MIN_LENGTH_FOR_TWO):
            yield name, found[0]


def _readable_secrets(file: Path, written: Mapping[str, str | None]) -> Iterator[str]:
    names = [
        name
        for name, value in written.items()
        if name.upper() in _SECRETS and value and _is_secret(value)
    ]
    if names and os.name == "posix" and file.stat().st_mode & stat.S_IROTH:
        yield f"{file}: all users of this machine can read {', '.join(names)}; run: chmod 600 {file}"


def _is_secret(value: str) -> bool:
    """Whether a value is secret: the URL of an SQLite file has no password."""
    return not value.startswith("sqlite:")
