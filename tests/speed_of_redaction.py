"""How fast a text is redacted, and how that grows with its length: `make speed`."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping

from bot.redaction.redact import redacted
from tests.measure import corpus_texts

UNITS = [
    *"""4 4- 4111- 411111111111111 eyJ eyJ- eyJhbGciOiJI eyJhbGciOiJI. %20eyJ - -----BEGIN @ a@ a@a. a. a- . ' " \\ \\" \\n
    token= token: token=" token=\\" access_token=a access_token> &lt;token&gt; password=[ password=' password=" password=&
    password=; pwd= key":" Bearer ://: ://a: ://a:b ://a:b/ xoxb- xoxb-1 xapp- + +1 %2B1 %40 phone phone1 GB29 AB12 BSB
    acc bank [redacted: <mailto: <tel: < &amp; = é ٣ x""".split(),
    *(
        "4 ",
        "4111 ",
        "4111 1111 1111 1112 ",
        "GB29 NWBK 6016 1331 9268 18 ",
        "12-3456-1234567-01 ",
        "bank account 1",
    ),
    *(
        "02 ",
        "0800 ",
        "021 555 0144 ",
        "+64 21 555 0144 ",
        "+1 2 3 4 5 6 7 8 ",
        "phone 1 ",
        "call 1 2 3 ",
        "BSB 062-000 ",
    ),
    *(
        "token is ",
        "password is ",
        "Basic aaaaaaaaaaaa ",
        " -u a:bbbbbbbb ",
        "-----BEGIN PRI" + "VATE KEY-----\n",
        "\n",
        " ",
    ),
    *(
        "https://a:b@",
        "Cookie: a=b1;",
        "creds: a:",
        "user/password: ",
        "client secret 1\n",
        "password - ",
        "aB1" * 9 + "\n",
    ),
    *(
        "password,a\n",
        "| password ",
        "mysql -p",
        "?code=",
        "authorization: ",
        "sk-",
        "SG.",
        "\ufdfa",
        "\u200b",
        "4111\n",
    ),
    *(
        "0211234567 ",
        "login a / ",
        "PIN: ",
        "aB1" * 9 + "\\n",
        "key=aB1",
        "(a",
        "cvv ",
        "IBAN GB29\n",
    ),
    *(
        "security question answer ",
        "password -> aB1cD2 ",
        "from aB1cD2 to password aB1cD3 ",
        "Digest response ",
        "u: a p ",
    ),
    *(
        "backup codes:\n",
        "aB1cD2 is my pass ",
        "/login/",
        "4111111111111111=",
        "Private-MAC: ",
        "set up key abcd ",
    ),
    *("PIN for a ", "password for the a ", "448190 is my ", "aB1" * 6 + "' // a "),
]
MOST = 7
"""Times as long that four times a text may take; what grows with the square takes sixteen."""
TRIES = 5
SHORT, LONG = 2_500, 10_000
"""Characters."""


def cost(text: str) -> float:
    """Seconds of the processor, which others on the machine do not lengthen."""
    started = time.process_time()
    redacted(text)
    return time.process_time() - started


def growth(unit: str) -> float:
    """Return how many times as long four times a text of that unit takes: the least of some."""
    short, long = ("@ " + (unit * length)[:length] for length in (SHORT, LONG))
    least = float("inf")
    for _ in range(TRIES):  # again for those that a busy machine made slow
        least = min(least, cost(long) / max(0.001, cost(short)))
        if least < MOST:
            break
    return least


def growths(units: Iterable[str] = tuple(UNITS)) -> Iterator[tuple[float, str]]:
    """Yield the growth of each unit, with the unit; the worst first."""
    yield from sorted(((growth(unit), unit) for unit in units), reverse=True)


def dearest(texts: Mapping[str, str]) -> tuple[float, str]:
    """Return the milliseconds of the dearest hostile text, and its name; the least of some tries.

    `texts`: by name; those of the units are as long.
    """
    length = max(map(len, texts.values()))
    made = {**texts, **{repr(unit): ("@ " + unit * length)[:length] for unit in UNITS}}
    return max((1_000 * min(cost(text) for _ in range(TRIES)), name) for name, text in made.items())


def of_pastes() -> float:
    """Milliseconds of the processor that a paste of the corpus takes."""
    pastes = corpus_texts()
    return 1_000 * sum(map(cost, pastes)) / len(pastes)
