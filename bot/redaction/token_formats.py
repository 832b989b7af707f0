"""Detectors of tokens and keys by their own form: prefix, parts, or the lines around them. Pure.

The prefixes are published by the issuers of the keys. Considered: detect-secrets has 15 of these 30
(last release in 2024, and it needs `requests`); gitleaks is a Go program for single lines of source
files. Neither reports the end of a secret that is broken over lines.
"""

import re

from bot.redaction.spans import ESCAPE, BegunBy, Detector, group_finder

JWT, ACCESS_TOKEN, SLACK_TOKEN = "JWT", "access token", "Slack token"
CLIENT_SECRET, PASSWORD = "client secret", "password"
"""Kinds of secrets, as they appear in the mark."""

_BEGIN = rf"(?:(?<![A-Za-z0-9_%])|{ESCAPE})"
_WORD = "[A-Za-z0-9_-]"
_HEX = "[0-9a-f]"


def _key(  # noqa: PLR0913 - the last two are of few keys
    name: str,
    form: str,
    needles: str,
    example: str,
    counter_example: str,
    *,
    begins: str = "",
    reach: int = 0,
) -> Detector:
    """Return the detector of a key with one of the `needles` (space-separated) as its prefix.

    Or with one of `begins`, or with a needle within the first `reach` characters.
    """
    words = tuple(needles.lower().split())
    begun = BegunBy(rf"{_BEGIN}({form})", *(begins.split() or words), reach=reach)
    return Detector(name, group_finder(begun, ACCESS_TOKEN), example, counter_example, words)


_LETTERS = "Zk3Qv8bXw1LmT9sR2cPdY5uHn4JgF0aE"
_MADE_UP_HEX = "0f9e8d7c6b5a49382716f5e4d3c2b1a0"

_TOKENS = (
    Detector(
        "JSON Web Token",
        group_finder(
            rf"{_BEGIN}(eyJ{_WORD}{{8,1000}}+(?:\.{_WORD}*+){{1,6}}+|eyJ{_WORD}{{40,}}+)", JWT
        ),
        "what is eyJ¬hbGciOiJSUzI1NiJ9.eyJ¬uYmYiOjE3MzA1MDR9.Zk3-Qv_8bXw1Lm",
        "the header eyJ is missing",
        ("eyj",),
    ),
    Detector(
        "Slack token",
        group_finder(
            rf"{_BEGIN}((?:xox[a-z][.-]|xapp-)(?=[A-Za-z-]{{0,40}}[0-9])(?:[A-Za-z0-9_+/=-]|%[0-9A-F]{{2}}){{6,}}+)",
            SLACK_TOKEN,
        ),
        "is xox¬b-263594206564-FGqddMF8t08v right?",
        "my xoxb-token is not there",
        ("xox", "xapp-"),
    ),
    Detector(
        "Slack webhook",
        group_finder(
            r"hooks\.slack\.com\\?/(?:services|workflows|triggers)\\?/(\w++(?:\\?/\w++)*+)",
            SLACK_TOKEN,
        ),
        "https://hooks.slack.com/services/T0/B0/¬aBcDeFgH",
        "https://hooks.slack.com/docs",
        ("hooks.slack",),
    ),
    Detector(
        "webhook of another service",
        group_finder(
            r"(?:webhook\.office\.com\\?/webhookb2|discord(?:app)?\.com\\?/api\\?/webhooks|hooks\.zapier\.com\\?/hooks\\?/catch"
            r"|hook\.[\w.]{2,12}\.make\.com)\\?/([\w@-]{8,}+(?:\\?/[\w@-]++)*+)",
            ACCESS_TOKEN,
        ),
        f"https://discord.com/api/webhooks/5292965261/¬{_LETTERS}",
        "https://discord.com/api/webhooks",
        ("webhook.office", "/webhooks", "hooks.zapier", ".make.com"),
    ),
)
_OF_SYSTEMS = (
    _key(
        "AWS access key",
        "(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Z0-9])",
        "AKIA ASIA ABIA ACCA",
        f"AKI¬A{'Q7R2' * 4}",
        "AKIA is a name",
    ),
    _key(
        "Google API key", rf"AIza{_WORD}{{30,}}+", "AIza", f"AIz¬a{_LETTERS}xyz", "AIza is missing"
    ),
    _key(
        "Google client secret",
        rf"GOCSPX-{_WORD}{{20,}}+",
        "GOCSPX-",
        f"GOCSP¬X-{_LETTERS}",
        "GOCSPX-…",
    ),
    _key(
        "Google token",
        rf"(?:ya29\.|1//0){_WORD}{{20,}}+",
        "ya29. 1//0",
        f"ya2¬9.{_LETTERS}",
        "1//0 is odd",
    ),
    _key(
        "GitLab",
        rf"gl[a-z]{{2,6}}-{_WORD}{{20,}}+",
        "glpat- gldt- glrt- glptt- gloas- glcbt- glft- glimt- glagent- glsoat- glffct-",
        f"glpa¬t-{_LETTERS}",
        "global-settings, glue-on",
        begins="gl",
    ),
    _key(
        "GitHub",
        r"(?:gh[pousr]_|github_pat_)\w{16,}+",
        "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_",
        f"ghp¬_{_LETTERS}",
        "ghp_token",
    ),
    _key(
        "SendGrid",
        rf"SG\.{_WORD}{{16,}}+\.{_WORD}{{16,}}+",
        "SG.",
        f"SG¬.{_LETTERS}.{_LETTERS}",
        "MSG.Text.Length",
    ),
    _key("Brevo", rf"xkeysib-{_WORD}{{20,}}+", "xkeysib-", f"xkeysi¬b-{_LETTERS}", "xkeysib-key"),
    _key(
        "Square",
        rf"EAAA{_WORD}{{50,}}+|sq0[a-z]{{3}}-{_WORD}{{20,}}+",
        "EAAA sq0",
        f"sq0cs¬p-{_LETTERS}",
        "sq0csp is set",
    ),
    _key(
        "Stripe",
        r"(?:[sr]k_(?:live|test)_|whsec_)\w{10,}+",
        "_live_ _test_ whsec_",
        f"sk_liv¬e_{_LETTERS}",
        "pk_live_ or sk_live_?",
        begins="sk_ rk_ whsec_",
    ),
    _key(
        "Shopify",
        r"shp(?:at|ca|pa|ss)_\w{16,}+",
        "shp",
        f"shpa¬t_{_MADE_UP_HEX}",
        "shpat_ comes first",
    ),
    _key(
        "OpenAI, Anthropic",
        rf"sk-(?={_WORD}{{0,60}}[0-9]){_WORD}{{20,}}+",
        "sk-",
        f"sk-pro¬j-{_LETTERS}",
        "sk-learn",
    ),
    _key("Twilio", rf"SK{_HEX}{{32}}", "sk", f"S¬K{_MADE_UP_HEX}", "SK0042"),
    _key("Mailgun", rf"key-{_HEX}{{32}}", "key-", f"key¬-{_MADE_UP_HEX}", "key-0042"),
    _key(
        "Mailchimp",
        rf"{_HEX}{{32}}-us[0-9]{{1,2}}",
        "-us",
        f"{_MADE_UP_HEX}-u¬s14",
        "b7a5cc2f-us14",
        reach=32,
    ),
    _key("npm", "npm_[A-Za-z0-9]{30,}+", "npm_", f"npm¬_{_LETTERS}", "npm_config_registry"),
    _key("PayPal", rf"A21AA{_WORD}{{40,}}+", "a21aa", f"A21A¬A{_LETTERS}{_LETTERS}", "A21AA-0042"),
    _key(
        "HubSpot",
        rf"pat-[a-z]{{2}}[0-9]-{_HEX}{{8}}(?:-{_HEX}{{4}}){{3}}-{_HEX}{{12}}",
        "pat-",
        "pat-na¬1-0f9e8d7c-6b5a-4938-a716-f5e4d3c2b1a0",
        "pat-na1-0042",
    ),
    _key("Vault", rf"hv[sbr]\.{_WORD}{{20,}}+", "hvs. hvb. hvr.", f"hv¬s.{_LETTERS}", "hvs.token"),
    _key("PyPI", rf"pypi-{_WORD}{{50,}}+", "pypi-", f"pypi¬-{_LETTERS}{_LETTERS}", "pypi-mirror"),
    _key(
        "Docker", rf"dckr_[a-z]{{3}}_{_WORD}{{20,}}+", "dckr_", f"dckr_pa¬t_{_LETTERS}", "dckr_pat_"
    ),
    _key(
        "DigitalOcean",
        rf"do[opr]_v1_{_HEX}{{32,}}+",
        "_v1_",
        f"dop_v¬1_{_MADE_UP_HEX}",
        "dop_v1_old",
        begins="do",
    ),
    _key(
        "Telegram",
        rf"[0-9]{{8,10}}:AA{_WORD}{{30,}}+",
        ":aa",
        f"3999881637:A¬A{_LETTERS}",
        "12345678:AAA",
        reach=10,
    ),
    _key("Hugging Face", "hf_[A-Za-z0-9]{30,}+", "hf_", f"hf¬_{'ZkQvXwLmTs' * 3}", "hf_home"),
    _key("Grafana", r"gl(?:sa|c)_\w{32,}+", "glsa_ glc_", f"glsa¬_{_LETTERS}", "gl_account"),
    _key(
        "Atlassian", rf"ATATT3{_WORD}{{40,}}+", "atatt3", f"ATAT¬T3{_LETTERS}{_LETTERS}", "ATATT3"
    ),
    _key("Postman", rf"PMAK-{_WORD}{{30,}}+", "pmak-", f"PMA¬K-{_LETTERS}", "PMAK-key"),
    _key("Razorpay", r"rzp_(?:live|test)_\w{14,}+", "rzp_", f"rzp_liv¬e_{_LETTERS}", "rzp_live_"),
    _key(
        "Supabase",
        rf"sbp_{_HEX}{{32,}}+|sb_secret_{_WORD}{{20,}}+",
        "sbp_ sb_secret_",
        f"sbp¬_{_MADE_UP_HEX}",
        "sbp_old",
    ),
    _key(
        "age",
        "AGE-SECRET-KEY-1[A-Z0-9]{50,}+",
        "age-secret",
        f"AGE-SEC¬RET-KEY-1{'Q7R2' * 14}",
        "AGE-SECRET-KEY",
    ),
    _key(
        "Linear",
        r"lin_(?:api|oauth)_[A-Za-z0-9]{32,}+",
        "lin_",
        f"lin_ap¬i_{_LETTERS}",
        "lin_api_key",
    ),
    _key(
        "Notion",
        r"(?:secret|ntn)_[A-Za-z0-9]{40,}+",
        "secret_ ntn_",
        f"secre¬t_{_LETTERS}{_LETTERS}",
        "secret_name",
    ),
    _key(
        "Entra ID",
        r"[\w.~-]{3}[0-9]Q~[\w.~-]{31,}+",
        "q~",
        f"aB.8¬Q~{_LETTERS}",
        "8Q~ or so",
        reach=4,
    ),
)

_BREAK = r"(?:\s|\\+[nr]|[>|]|[0-9]{1,4}[ \t:.)])*+"
_KEY_LINES = re.compile(
    rf"(-----BEGIN [A-Z ]{{0,20}}PRIVATE KEY-----(?:{_BREAK}(?:[A-Za-z0-9+/=]|\\/){{20,}}+)*+"
    rf"(?:{_BREAK}(?:[A-Za-z0-9+/=]|\\/)*+{_BREAK}-----END [A-Z ]{{0,20}}PRIVATE KEY-----)?)"
)
"""A truncated key has no end line; its lines are long and without spaces."""
_LINE_OF_KEY = "[A-Za-z0-9+/=]{8,}+(?![-:])"
_KEY_FILE = (
    Detector(
        "file of a private key",
        group_finder(_KEY_LINES, CLIENT_SECRET),
        f"-----BEGIN RSA PRI¬VATE KEY-----\n> {_LETTERS}\n> wR2=\n-----END RSA PRI¬VATE KEY-----",
        "-----BEGIN CERTIFICATE REQUEST-----",
        ("private key",),
    ),
    Detector(
        "key file of PuTTY",
        group_finder(
            rf"Private-(?:Lines: [0-9]{{1,3}}|MAC:|Hash:){_BREAK}({_LINE_OF_KEY}(?:{_BREAK}{_LINE_OF_KEY})*+)",
            CLIENT_SECRET,
        ),
        f"Private-Lines: 1\n¬{_LETTERS}",
        "Private-Lines: 1\nPrivate-MAC: none",
        ("private-lines", "private-mac"),
    ),
)

OPENING_FORMS = (*_TOKENS, *_OF_SYSTEMS)
"""Tokens of one word each, which may be broken over lines."""
KNOWN_FORMS = (*OPENING_FORMS, *_KEY_FILE)
