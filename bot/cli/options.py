"""Options and arguments of the commands, each with its help."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot import __version__
from bot.cli.console import out
from bot.domain.channel_rules import About
from bot.domain.reports import Trigger


class Mode(StrEnum):
    """How to connect to Slack."""

    AUTO = "auto"
    HTTP = "http"
    SOCKET = "socket"


def _print_version(wanted: bool) -> None:
    if wanted:
        out.print(f"xero-bot {__version__}", markup=False)
        raise typer.Exit


Version = Annotated[
    bool,
    typer.Option(
        "--version", callback=_print_version, is_eager=True, help="Print the version and exit."
    ),
]
KnowledgeDir = Annotated[
    Path | None,
    typer.Option(
        "--knowledge", metavar="DIR", help="Directory of the articles, instead of KNOWLEDGE_DIR."
    ),
]

# run
ModeOption = Annotated[
    Mode, typer.Option(help="auto: Socket Mode when SLACK_APP_TOKEN is set, else HTTP.")
]
TryOut = Annotated[
    bool,
    typer.Option(
        "--try-out", help="Without Slack tokens, open the try-out even without a terminal."
    ),
]

# check
WriteSchema = Annotated[
    bool, typer.Option("--write-schema", help="Write the schemas of the files first.")
]
All = Annotated[
    bool, typer.Option("--all", help="Print every notice, not only the first ten of each kind.")
]

# explain
PastedText = Annotated[str | None, typer.Argument(help="The pasted text; - reads standard input.")]
AsJsonObject = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
BatchFile = Annotated[
    Path | None,
    typer.Option(
        "--batch",
        metavar="FILE",
        help='JSON lines {"id", "text"} or {"id", "file"} in, one object a line out; - is stdin.',
    ),
]
FileToRead = Annotated[
    Path | None,
    typer.Option(
        "--file", metavar="PATH", help="A text file, PDF or picture to read the text from."
    ),
]
Why = Annotated[
    bool,
    typer.Option("--why", help="Show what decided: words found and missing, other candidates."),
]
Door = Annotated[
    Trigger, typer.Option("--door", help="channel: reply only if sure; ask: always reply.")
]
AboutOption = Annotated[
    About,
    typer.Option(
        "--about",
        help="What the channel is about; xero: a message that is all of the text is answered.",
    ),
]

# doctor
PostTestCard = Annotated[
    bool,
    typer.Option("--post", help="Post a test card in the escalation channel, without mentions."),
]

# manifest
HostName = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help="Public host name, for HTTP; without it the manifest is for Socket Mode.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON, for the Slack CLI, instead of YAML.")]
WriteManifests = Annotated[
    bool, typer.Option("--write", help="Write the manifest files of the repository here.")
]

# jobs
Retry = Annotated[
    bool, typer.Option("--retry", help="Requeue the failed jobs; also while the bot runs.")
]

# export
Person = Annotated[
    str, typer.Option(metavar="U…", help="A person's id: their words, and rows about them.")
]
Channel = Annotated[
    str, typer.Option(metavar="C…", help="A channel's id: all that is stored of its reports.")
]
Thread = Annotated[
    str, typer.Option(metavar="TS", help="Of --channel, this thread only: the ts of its start.")
]

# backup, move-database
BackupFile = Annotated[Path, typer.Argument(help="The file to create.", show_default=False)]
SqliteFile = Annotated[
    Path, typer.Argument(help="The SQLite database; it is only read.", show_default=False)
]

# forget
ForgottenPerson = Annotated[
    str, typer.Option("--person", metavar="U…", help="The person's id.", show_default=False)
]
Yes = Annotated[bool, typer.Option("--yes", help="Delete; without it, only say what would be.")]
