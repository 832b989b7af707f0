"""A third lot of made-up pastes, written after the second one had been fixed."""

from tests.redaction.made_up.values import (
    AZURE_KEY,
    CLIENT_SECRET,
    GITLAB,
    HEXKEY,
    OPENAI,
    REFRESH,
    SLACK_APP,
    SQUARE,
    Secret,
    fake,
    jwt,
    secret,
    wrapped,
)

A_JWT = jwt(500, 300)

THIRD = (
    secret(
        "third, form 1",
        "Email\tsales@shop.example\nPassword\tTuatara#12\nStore\tPetone",
        "Tuatara#12",
    ),
    secret("third, form 2", "User ID: 4471   Password: Weka-Wing-8   Site: Petone", "Weka-Wing-8"),
    secret("third, form 3", "Q: What is your Xero password?\nA: Weka-Wing-9", "Weka-Wing-9"),
    secret("third, form 4", "Admin login\nuser = pos\npass = Hoiho_77", "Hoiho_77"),
    secret("third, form 5", "PIN code: 55182", "55182"),
    secret("third, form 6", "Card no: 4000 0025 0000 0003  CVC: 318", "4000 0025 0000 0003", "318"),
    secret(
        "third, form 7",
        "Account name: Shop Ltd\nAccount no: 06-0001-0123456-000",
        "06-0001-0123456-000",
    ),
    secret("third, form 8", "BSB 082-001\nAcct 98 765 4321", "082-001", "98 765 4321"),
    secret("third, form 9", "Tax file number 876 543 210", "876 543 210"),
    secret(
        "third, form 10", "Phone (03) 9555 1234\nMobile 0455 123 987", "9555 1234", "0455 123 987"
    ),
    secret("third, form 11", "Tel. no. 09-555-1234", "09-555-1234"),
    secret(
        "third, form 12",
        "IBAN FR14 2004 1010 0505 0001 3M02 606",
        "FR14 2004 1010 0505 0001 3M02 606",
    ),
    secret("third, table 1", "name;secret;created\npos;{};2025-01-01", CLIENT_SECRET),
    secret("third, table 2", "| key | value |\n|---|---|\n| client_secret | {} |", CLIENT_SECRET),
    secret("third, table 3", "KEY                 VALUE\nXERO_CLIENT_SECRET  {}", CLIENT_SECRET),
    secret("third, table 4", "email,phone\nkiri@shop.example,0211555987", "kiri", "0211555987"),
    secret("third, table 5", "username\tpassword\nkiri\tK1riK1ri!", "K1riK1ri!"),
    secret("third, shell 1", "$ export GITLAB_TOKEN={}", GITLAB),
    secret("third, shell 2", "PS> $env:OPENAI_API_KEY = '{}'", OPENAI),
    secret("third, shell 3", "$ sshpass -p Takahe-6 ssh pos@till", "Takahe-6"),
    secret("third, shell 4", 'psql "host=db user=pos password=Takahe-7 dbname=pos"', "Takahe-7"),
    secret("third, shell 5", "net use Z: \\\\server\\pos /user:till Takahe-8", "Takahe-8"),
    secret(
        "third, shell 6", "$ curl -d 'username=pos&password=Takahe-9' https://x.example", "Takahe-9"
    ),
    secret("third, shell 7", "wget --http-password=Takahe-10 https://x.example", "Takahe-10"),
    secret("third, shell 8", "docker login -u pos -p Takahe-11", "Takahe-11"),
    Secret("third, shell 9", "$ echo $TOKEN\n" + wrapped(A_JWT, 80) + "\n$ ", (A_JWT,)),
    Secret("third, mail 1", "Here it is:\n" + wrapped(A_JWT, 72, "\n>> "), (A_JWT,)),
    Secret("third, mail 2", "token=" + wrapped(REFRESH, 22, "=\n"), (REFRESH,)),
    secret("third, mail 3", "Please log in with kiri@shop.example and Korimako#5.", "kiri@shop"),
    secret("third, mail 4", "Your one-time passcode is 662 018", "662 018"),
    secret(
        "third, json 1",
        '{{"auth":{{"type":"bearer","bearer":[{{"key":"token","value":"{}"}}]}}}}',
        REFRESH,
    ),
    secret("third, json 2", '{{"SLACK_APP_TOKEN":"{}"}}', SLACK_APP),
    secret(
        "third, json 3", '{{"Ocp-Apim-Subscription-Key":"{}"}}', fake(32, 301, "0123456789abcdef")
    ),
    secret("third, json 4", '{{"accountKey":"{}"}}', AZURE_KEY),
    secret("third, json 5", '{{"bankAccountNumber":"060001012345600"}}', "060001012345600"),
    secret("third, xml 1", '<credential name="xero" password="Kea&amp;Kiwi1"/>', "Kea&amp;Kiwi1"),
    secret(
        "third, xml 2", '<wsse:Password Type="PasswordText">Kea-Kiwi2</wsse:Password>', "Kea-Kiwi2"
    ),
    secret("third, url 1", "https://x.example/login?user=kiri&pwd=Kea-Kiwi3", "Kea-Kiwi3"),
    secret("third, url 2", "https://connect.squareup.example/oauth2/token?access={}", SQUARE),
    secret("third, url 3", "wss://x.example/ws?auth_token={}", HEXKEY),
)

THIRD_HARMLESS = (
    "Form: store Petone, till 3, docket 00412345678, total $41.10",
    "password\tnot required\nstore\tPetone",
    "Password (optional): leave blank",
    "Q: Is the password the problem?\nA: No, account 200 is archived",
    "key;value\nregion;Auckland\ncode;200",
    "name;secret;created\npos;(hidden);2025-01-01",
    "BSB column shows 000-000 for 12 suppliers",
    "Card no: shown as **** **** **** 0003",
    "Tel. no. column is too short (max 50)",
    "$ dotnet build -p:Version=8.4.1",
    "$ ping -n 4 10.0.0.12",
    "docker run -p 8080:80 pos:8.4.1",
    "git log --pretty=oneline 9fceb02d0ae598e95dc970b74767f19372d61af8",
    "one-time import of 662 018 rows",
    "OTP is not switched on for 3 of 12 users",
    "SKUs 0455-123-987, 0455-123-988 and 0455-123-989 have no account",
    "EAN 4006381333931 / 5010029000023",
    "Lot 09-555-1234 expired",
    "INV-0211555987, INV-0211555988",
    "ref 06000101234560",
    "Contact 'Shop 0800 Flowers' is archived",
    "Total 4000.00 0025.00 0000.00 0003.00",
    "4200\n4210\n4220\n4230\n4240",
    "200, 4000, 0025, 0000, 0003",
    "POS export 2025-01-01T00:00:00Z to 2025-01-31T23:59:59Z",
    "Authorization: not sent by the plug-in",
    "pass 1 of 3, pass 2 of 3",
    "passed 12 of 14 checks: pass-through/2 failed",
    "login page / dashboard loads slowly",
    "our account / Xero2 connection dropped",
)
