"""Made-up numbers of cards, accounts, taxpayers and telephones, and addresses of e-mail."""

from tests.redaction.made_up.values import Secret

VISA, MASTERCARD, AMEX = "4111111111111111", "5555555555554444", "378282246310005"


def number(kind: str, text: str, *hidden: str) -> Secret:
    """Return a paste that holds the numbers `hidden`, in whatever spelling."""
    return Secret(kind, text, hidden)


CARDS = (
    number("card alone", VISA, VISA),
    number("card in fours", "card 4111 1111 1111 1111 declined", VISA),
    number("card with hyphens", "5555-5555-5555-4444", MASTERCARD),
    number("card over two lines", "card 4111 1111\n1111 1111", VISA),
    number("card, a group a line", "4111\n1111\n1111\n1111", VISA),
    number("card with dots", "visa 4111.1111.1111.1111", VISA),
    number("card with slashes", "5555/5555/5555/4444", MASTERCARD),
    number("card with tabs", "4111\t1111\t1111\t1111", VISA),
    number("card with two spaces", "4111  1111  1111  1111", VISA),
    number("card with thin spaces", "4111\u20091111\u20091111\u20091111", VISA),
    number("card with narrow spaces", "4111\u202f1111\u202f1111\u202f1111", VISA),
    number("card with hard spaces", "4111\u00a01111\u00a01111\u00a01111", VISA),
    number("card with escaped breaks", '{"card":"4111\\n1111\\n1111\\n1111"}', VISA),
    number("card in full-width digits", "\uff14" + "\uff11" * 15, VISA),
    number(
        "card in wide digits and spaces",
        " ".join(["\uff14\uff11\uff11\uff11", *["\uff11" * 4] * 3]),
        VISA,
    ),
    number("card with en dashes", "4111\u20131111\u20131111\u20131111", VISA),
    number("amex", "amex 3782 822463 10005", AMEX),
    number("amex alone", "378282246310005", AMEX),
    number("card and code", "4111 1111 1111 1111 exp 12/27 cvv 937", VISA, "937"),
    number("security code", "card ending 1111, CVV: 937", "937"),
    number("card in json", '{"pan":"5555555555554444"}', MASTERCARD),
    number("card in a link", "<tel:4111111111111111|4111 1111 1111 1111>", VISA),
    number("card with underscores", "4111_1111_1111_1111", VISA),
    number("card with zero width spaces", "4111\u200b1111\u200b1111\u200b1111", VISA),
    number("card url encoded", "card=4111%201111%201111%201111", "4111%201111%201111"),
    number("card plus signs", "number=4111+1111+1111+1111&name=jo", VISA),
    number("card glued to words", "PAN4111111111111111EXP1227", VISA),
)

ACCOUNTS = (
    number("nz account", "01-0902-0068389-00", "010902006838900"),
    number("nz account, spaces", "acct 01 0902 0068389 00", "010902006838900"),
    number("nz account, plain", "bank account 010902006838900", "010902006838900"),
    number("nz account, plain alone", "pay to 01090200683890 0", "010902006838900"),
    number("nz account, long suffix", "08-6523-1954512-001", "0865231954512001"),
    number("nz account, dots", "01.0902.0068389.00", "010902006838900"),
    number("nz account, label before", "Account number\n01-0902-0068389-00", "010902006838900"),
    number("au account", "BSB 062-000 Account 12345678", "062000", "12345678"),
    number("au account, slash", "BSB/Acc: 062-000 12345678", "062000", "12345678"),
    number("au account, plain", "BSB/Acc 062000 / 12345678", "062000", "12345678"),
    number("au account, lines", "BSB: 062000\nAcc: 12345678", "062000", "12345678"),
    number("au account, no.", "bsb 062 000 acc no. 1234 5678", "062000", "12345678"),
    number(
        "au account, sentence",
        "our bsb is 062-000 and the account number is 12345678",
        "062000",
        "12345678",
    ),
    number("au account, json", '{"bsb":"062000","accountNumber":"12345678"}', "062000", "12345678"),
    number("iban", "IBAN GB29 NWBK 6016 1331 9268 19", "GB29NWBK60161331926819"),
    number("iban, plain", "DE89370400440532013000", "DE89370400440532013000"),
    number("iban, small letters", "iban: gb29nwbk60161331926819", "gb29nwbk60161331926819"),
    number("iban over lines", "GB29 NWBK 6016\n1331 9268 19", "GB29NWBK60161331926819"),
    number("uk account", "sort code 20-00-00 account 55779911", "55779911"),
    number(
        "account in xml",
        "<BankAccountNumber>0109020068389000</BankAccountNumber>",
        "0109020068389000",
    ),
    number("account with label", "Bank A/C: 06-0001-0123456-00", "060001012345600"),
)

TAXPAYERS = (
    number("ird number", "my IRD number is 49-091-850", "49091850"),
    number("ird number, plain", "IRD: 49091850", "49091850"),
    number("tfn", "TFN 123 456 782", "123456782"),
    number("tax file number", "tax file number: 123456782", "123456782"),
    number("ssn", "SSN 536-90-4399", "536904399"),
    number("nino", "NI number AB 12 34 56 C", "AB123456C"),
)

PHONES = (
    number("nz mobile, plain", "call me on 0211234567", "0211234567"),
    number("au mobile, plain", "0412345678 is my number", "0412345678"),
    number("uk mobile, plain", "ring 07911123456", "07911123456"),
    number("nz mobile", "ph 021 123 4567", "0211234567"),
    number("nz landline", "phone 09 379 1234", "093791234"),
    number("nz landline, brackets", "(09) 379-1234", "093791234"),
    number("au landline", "tel (02) 9374 4000", "0293744000"),
    number("au mobile", "mob: 0412 345 678", "0412345678"),
    number("world", "+64 21 123 4567", "64211234567"),
    number("world, plain", "+64211234567", "64211234567"),
    number("world, brackets zero", "+64 (0)21 123 4567", "211234567"),
    number("world, 00", "0064 21 123 4567", "64211234567"),
    number("link", "<tel:+64211234567|021 123 4567>", "64211234567", "0211234567"),
    number("link, plain", "<tel:0211234567|0211234567>", "0211234567"),
    number("dots", "021.123.4567", "0211234567"),
    number("hyphens", "0412-345-678 please call", "0412345678"),
    number("json", '{"PhoneNumber":"1234567","PhoneAreaCode":"09"}', "1234567"),
    number("us", "call (415) 555-2671", "4155552671"),
    number("us, plain", "phone: 4155552671", "4155552671"),
    number("free", "0800 123 456 is our line", "0800123456"),
    number("extension", "09 379 1234 ext 12", "093791234"),
    number("slash", "021/1234567", "0211234567"),
    number("over two lines", "call 021 123\n4567", "0211234567"),
    number(
        "full-width",
        "電話 \uff10\uff12\uff11 \uff11\uff12\uff13 \uff14\uff15\uff16\uff17",
        "0211234567",
    ),
)

MAIL = (
    number("e-mail", "write to jo.smith@shop.example", "jo.smith", "shop.example"),
    number("e-mail, tag", "jo+xero@shop.co.nz", "joxero", "shop.co.nz"),
    number(
        "e-mail, link", "<mailto:jo.smith@shop.co.nz|jo.smith@shop.co.nz>", "jo.smith", "shop.co.nz"
    ),
    number("e-mail, angle", "Jo <jo.smith@shop.co.nz>", "jo.smith"),
    number("e-mail, at", "jo.smith (at) shop.co.nz", "jo.smith"),
    number("e-mail, json", '{"EmailAddress":"jo.smith@shop.co.nz"}', "jo.smith"),
    number("e-mail, url", "?login_hint=jo.smith%40shop.co.nz", "jo.smith"),
    number("e-mail, umlaut", "jörg.maier@läden.example", "jörg.maier"),
    number("e-mail, list", "jo@a.example;al.baker@b.example", "al.baker"),
    number("e-mail, apostrophe", "sean.o'brien@shop.ie", "sean.o", "brien"),
)

NUMBERS = (*CARDS, *ACCOUNTS, *TAXPAYERS, *PHONES, *MAIL)
