"""Made-up tokens: wrapped over lines, under labels of all sorts, and with known prefixes."""

from tests.redaction.made_up.values import (
    ANTHROPIC,
    AWS_ID,
    AWS_SECRET,
    AZURE_KEY,
    BASE64,
    CLIENT_SECRET,
    DIGITALOCEAN,
    GITHUB,
    GITHUB_FINE,
    GITLAB,
    GOOGLE_KEY,
    GOOGLE_SECRET,
    HEXKEY,
    MAILCHIMP,
    MAILGUN,
    NPM,
    OPENAI,
    PYPI,
    REFRESH,
    SENDGRID,
    SHOPIFY,
    SLACK_APP,
    SLACK_BOT,
    SLACK_HOOK,
    SQUARE,
    SQUARE_SECRET,
    STRIPE,
    STRIPE_HOOK,
    STRIPE_RESTRICTED,
    TELEGRAM,
    TWILIO,
    Secret,
    jwt,
    secret,
    wrapped,
)

JWT = jwt()


def cut(kind: str, form: str, value: str, width: int, between: str = "\n") -> Secret:
    """Return a paste in which `value` is broken over lines."""
    return Secret(kind, form.format(wrapped(value, width, between)), (value,))


WRAPPED = (
    *(
        cut(f"jwt wrapped at {width}", "here is the token\n{}\nthanks", JWT, width)
        for width in (40, 64, 72, 80, 100, 120, 150)
    ),
    cut("jwt wrapped, indented", "access_token:\n    {}\nexpires_in: 1800", JWT, 76, "\n    "),
    cut(
        "jwt wrapped, quoted",
        "> Authorization: Bearer {}\n> Accept: application/json",
        JWT,
        70,
        "\n> ",
    ),
    cut(
        "jwt wrapped with backslashes",
        'curl -H "Authorization: Bearer {}" https://api.xero.com/connections',
        JWT,
        78,
        "\\\n",
    ),
    cut("jwt wrapped by windows", "Bearer {}\r\nxero-tenant-id: see below", JWT, 90, "\r\n"),
    cut("jwt wrapped, quoted printable", "Token: {}", JWT, 75, "=\r\n"),
    cut("jwt wrapped with escaped breaks", '{{"detail":"bad token {}"}}', JWT, 76, "\\n"),
    Secret("jwt broken at its dots", "token " + JWT.replace(".", ".\n"), (JWT,)),
    Secret("jwt broken before its dots", "token " + JWT.replace(".", "\n."), (JWT,)),
    cut("slack token over two lines", "SLACK_BOT_TOKEN={}\nPORT=3000", SLACK_BOT, 40),
    cut("slack app token over lines", "the app one is {}", SLACK_APP, 50),
    cut(
        "client secret over two lines",
        "client_id=abc\nclient_secret={}\nredirect_uri=x",
        CLIENT_SECRET,
        30,
    ),
    cut("refresh token over two lines", "refresh_token: {}\n", REFRESH, 25),
    cut(
        "basic credentials over lines",
        "Authorization: Basic {}\nContent-Type: application/json",
        BASE64,
        76,
    ),
    cut("hex key over lines", "webhook key = {}\nthat is all", HEXKEY, 40),
    cut("stripe key over lines", "stripe {}", STRIPE, 20),
    cut(
        "account key over lines",
        "AccountName=pos;AccountKey={};EndpointSuffix=core.windows.net",
        AZURE_KEY,
        60,
    ),
    secret("bearer and token on two lines", "Authorization: Bearer\n{}\nAccept: */*", jwt(300, 50)),
    cut(
        "token in a url over lines",
        "GET https://api.example.com/pull?access_token={}&page=2",
        REFRESH,
        30,
    ),
)

SECRETS_UNDER_LABELS = tuple(
    secret(f"client secret: {form.partition('{')[0].strip() or form[:14]!r}", form, CLIENT_SECRET)
    for form in (
        "Client secret 1\n{}",
        "Client secret 2:\n{}\nCopy it now",
        "Client secret (Xero): {}",
        "Client Secret - {}",
        "client secret -> {}",
        "client secret => {}",
        "| Client secret | {} |",
        "| Client id | abc |\n|---|---|\n| Client secret | {} |",
        "Client Secret\t{}",
        "client-secret: {}",
        "clientSecret={}",
        "CLIENT_SECRET='{}'",
        '"ClientSecret" : "{}"',
        "our client secret is {} and it worked yesterday",
        "The client secret for the POS app: {}",
        "Xero secret: {}",
        "secret = {}",
        "App secret \u2013 {}",
        "*Client secret:* `{}`",
        "Client secret\n\n{}",
        "XERO_CLIENT_SECRET={}",
        "xero.client.secret: {}",
        "api secret {}",
        "consumer secret:{}",
        "Secret key [live]: {}",
        "new client secret generated today: {}",
        "Client secret ................ {}",
        "clientsecret\u00a0:\u00a0{}",
        "webhook signing key: {}",
        "signing secret → {}",
    )
)

KNOWN_BY_FORM = tuple(
    secret(kind, form, value)
    for kind, form, value in (
        ("aws id", "we sync to s3 with {} as the key", AWS_ID),
        ("aws secret", "aws_secret_access_key = {}", AWS_SECRET),
        ("google key", "maps?key={}&v=3", GOOGLE_KEY),
        ("google key alone", "Google says {} is not authorised", GOOGLE_KEY),
        ("google secret", "the oauth one: {}", GOOGLE_SECRET),
        ("gitlab", "git clone failed for {}", GITLAB),
        ("github", "I used {} to pull the plugin", GITHUB),
        ("github fine", "{} does not work either", GITHUB_FINE),
        ("sendgrid", "receipts by mail: {}", SENDGRID),
        ("square", "square says UNAUTHORIZED for {}", SQUARE),
        ("square secret", "and {} for the app", SQUARE_SECRET),
        ("stripe", "Invalid API Key provided: {}", STRIPE),
        ("stripe restricted", "{}", STRIPE_RESTRICTED),
        ("stripe hook", "endpoint {} fails", STRIPE_HOOK),
        ("openai", "the AI categoriser uses {}", OPENAI),
        ("anthropic", "key is {}.", ANTHROPIC),
        ("shopify", "X-Shopify-Access-Token: {}", SHOPIFY),
        ("shopify alone", "from shopify ({})", SHOPIFY),
        ("twilio", "sms via {}", TWILIO),
        ("mailgun", "api:{}", MAILGUN),
        ("npm", "npm ERR! {}", NPM),
        ("pypi", "uploaded with {}", PYPI),
        ("digitalocean", "droplet {}", DIGITALOCEAN),
        ("mailchimp", "mailchimp api key {}", MAILCHIMP),
        ("telegram", "bot {} answers", TELEGRAM),
        ("slack bot", "I put {} into the settings", SLACK_BOT),
        ("slack app", "xapp is {}!", SLACK_APP),
        ("slack hook", "alerts go to https://hooks.slack.com/services/{}", SLACK_HOOK),
        ("jwt in a sentence", "what does {} mean?", JWT),
        ("jwt in a log line", "2025-03-04 10:11:12 WARN [pos] token={} expired", JWT),
    )
)

TOKENS = (*WRAPPED, *SECRETS_UNDER_LABELS, *KNOWN_BY_FORM)
