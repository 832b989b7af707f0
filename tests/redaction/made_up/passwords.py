"""Made-up passwords, headers, addresses with credentials in them, and key files."""

from tests.redaction.made_up.values import (
    AZURE_KEY,
    BASE64,
    CLIENT_SECRET,
    HEXKEY,
    REFRESH,
    Secret,
    fake,
    jwt,
    pem,
    secret,
)

PASSWORDS = tuple(
    secret(f"password: {form!r}", form, value)
    for form, value in (
        ("pass: {}", "Kowhai!42x"),
        ("p/w: {}", "tuiBird77"),
        ("p/w {}", "tuiBird78$"),
        ("pwd={}", "m0nday-Sales"),
        ("pwd {}", "Gr33nGrocer#"),
        ("PW: {}", "Harbour2024!"),
        ("pw is {}", "rimu-forest-9"),
        ("password (for Xero): {}", "Tasman*Sea1"),
        ("password for xero: {}", "Tasman*Sea2"),
        ("password - {}", "Queen5treet"),
        ("password \u2013 {}", "Queen6treet"),
        ("new password {}", "Pavlova$$8"),
        ("our new password is {}", "Pavlova$$9"),
        ("Password\n{}", "J4ndals&Togs"),
        ("Username\nshop@clickpos.example\nPassword\n{}", "J5ndals&Togs"),
        ("clickpos-sync --user till1 --password {}", "hunterS77"),
        ("clickpos-sync --password={} --verbose", "hunterS78"),
        ("mysqldump -u root -p{} pos > pos.sql", "Bach&Boat9"),
        ("username/password: shop / {}", "Feijoa_21"),
        ("user/pass shop1/{}", "Feijoa_22"),
        ("login: shop1 password: {}", "Feijoa_23"),
        ("login shop1, pw {}", "Feijoa_24"),
        ("The password is: {}", "correct horse battery"),
        ("password: {}", "two words99"),
        ("passphrase: {}", "blue kiwi eats 7 pies"),
        ("Passwort: {}", "Schlüssel9!"),
        ("passcode = {}", "8812x4"),
        ("PIN: {}", "90415"),
        ("Password: *{}*", "b0ldOnes"),
        ("password `{}`", "t1cked-one"),
        ('"password":"{}"', 'in\\"J50N'),
        ("<Password>{}</Password>", "x&amp;M7yz"),
        ("password = '{}'", "py'thon9"),
        ("Password → {}", "Arr0wTown"),
        ("| password | {} |", "T4ble-Top"),
        ("pass phrase is {}", "Whangarei-77"),
        ("temp password {} (please change)", "Chg-me-778"),
        ("we log in with admin / {}", "Adm1n-till"),
        ("Xero login: jo@shop.example / {}", "JoJo#2024"),
        ("user: jo\npass: {}\nserver: pos1", "JoJo#2025"),
    )
)

HEADERS = tuple(
    secret(f"header: {form!r}", form, value)
    for form, value in (
        ("Authorization: token {}", fake(40, 60)),
        ("Authorization: Basic {}", BASE64),
        ("Authorization: Bearer {}", fake(40, 61)),
        ("authorization: {}", fake(44, 62)),
        ("Proxy-Authorization: Basic {}", BASE64),
        ("'Authorization': 'Bearer {}'", REFRESH),
        ("Cookie: ASP.NET_SessionId={}", fake(24, 63)),
        ("Set-Cookie: session={}; Path=/; HttpOnly", fake(40, 64)),
        ("Cookie: theme=dark; sid={}", fake(32, 65)),
        ("X-Api-Key: {}", fake(32, 66)),
        ("x-functions-key: {}", fake(56, 67)),
        ("x-xero-signature: {}", AZURE_KEY[:44]),
        ("apikey {}", fake(32, 68)),
        ("curl -u shop:{} https://api.example.com", "Curl-Pass9"),
        ("Ocp-Apim-Subscription-Key: {}", fake(32, 69, "0123456789abcdef")),
    )
)

ADDRESSES = tuple(
    secret(f"url: {form!r}", form, value)
    for form, value in (
        ("https://pos.example.com/callback?code={}&scope=openid", fake(43, 70)),
        ("https://pos.example.com/callback?state=x&code={}", fake(43, 71)),
        ("https://x.example.com/?a=1&access_token={}", REFRESH),
        ("https://x.example.com/cb#id_token={}&state=1", jwt(300, 72)),
        ("https://store.blob.core.windows.net/r/1.csv?sv=2022&sig={}", fake(40, 73) + "%3D"),
        ("https://s3.example.com/x?X-Amz-Signature={}", HEXKEY),
        ("https://user:{}@pos.example.com/api", "Ur1-Pass"),
        ("https://{}@pos.example.com/api", fake(40, 74)),
        ("https://maps.example.com/api?key={}", fake(39, 75)),
        ("https://x.example.com/hook?token={}", fake(32, 76)),
        ("https://x.example.com/reset?reset_token={}", fake(32, 77)),
        ("postgres://pos:{}@db.example.com:5432/pos", "pg-Pass-9"),
        ("mysql://root:{}@10.0.0.4/pos", "my$Pass"),
        ("amqp://pos:{}@mq", "rabbit9Hole"),
        ("Server=tcp:db;Database=pos;User Id=sa;Password={};", "Sql_Srv-9"),
        ("Data Source=db;Uid=sa;Pwd={};Encrypt=yes", "Sql_Srv-8"),
        ("DefaultEndpointsProtocol=https;AccountName=pos;AccountKey={}", AZURE_KEY),
        (
            "Endpoint=sb://pos.example.com/;SharedAccessKeyName=root;SharedAccessKey={}",
            AZURE_KEY[:44],
        ),
        ("redis://:{}@cache:6379/0", "r3disPa55"),
        ("ftp://till:{}@ftp.example.com/export", "f7p-Outb0x"),
    )
)

FIRST, *MIDDLE, LAST = pem()
KEY = (FIRST, *MIDDLE, LAST)


def key_file(kind: str, text: str) -> Secret:
    """Return a paste of a key file, none of whose inner lines may be left."""
    return Secret(kind, text, tuple(MIDDLE))


KEY_FILES = (
    key_file("pem", "\n".join(KEY)),
    key_file("pem by windows", "\r\n".join(KEY)),
    key_file("pem, quoted", "\n".join(f"> {line}" for line in KEY)),
    key_file("pem, indented", "key: |\n" + "\n".join(f"    {line}" for line in KEY)),
    key_file("pem in json", '{"private_key": "' + "\\n".join(KEY) + '\\n", "id": 1}'),
    key_file("pem in json twice", '{"private_key": "' + "\\\\n".join(KEY) + '"}'),
    key_file("pem on one line", " ".join(KEY)),
    key_file("pem, end missing", "\n".join(KEY[:-1])),
    key_file("pem, numbered", "\n".join(f"{number}  {line}" for number, line in enumerate(KEY, 1))),
    key_file("pem in a table", "\n".join(f"| {line} |" for line in KEY)),
)

ENVELOPES = tuple(
    secret(f"envelope: {form!r}", form, value)
    for form, value in (
        ('{{"client_id":"a","client_secret":"{}","scope":"x"}}', CLIENT_SECRET),
        ('{{\\"client_secret\\":\\"{}\\"}}', CLIENT_SECRET),
        ("&lt;ClientSecret&gt;{}&lt;/ClientSecret&gt;", CLIENT_SECRET),
        ("{{&quot;access_token&quot;:&quot;{}&quot;}}", REFRESH),
        ("client_secret%3D{}%26grant_type%3Drefresh", CLIENT_SECRET),
        ("grant_type=refresh_token&refresh_token={}&client_id=x", REFRESH),
        ('<add key="XeroClientSecret" value="{}" />', CLIENT_SECRET),
        ('<setting name="Password"><value>{}</value></setting>', "Xml-Pass7"),
        ("xero:\n  client_id: a\n  client_secret: >-\n    {}\n", CLIENT_SECRET),
        ("user,password,shop\njo,{},Ponsonby", "Csv-Pass7"),
        ("{{'name': 'api_key', 'value': '{}'}}", fake(32, 80)),
        ('[{{"key":"client_secret","value":"{}"}}]', CLIENT_SECRET),
        ("%7B%22access_token%22%3A%22{}%22%7D", REFRESH),
        ("export XERO_SECRET={}", CLIENT_SECRET),
        ("set XERO_PASSWORD={}", "Dos-Pass7"),
        ("client_secret: !secret\n  {}", CLIENT_SECRET),
    )
)

CREDENTIALS = (*PASSWORDS, *HEADERS, *ADDRESSES, *KEY_FILES, *ENVELOPES)
