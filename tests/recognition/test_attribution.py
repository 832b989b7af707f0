"""Whose message is it, for every message of every article: Xero's, or another system's?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle

import pytest

from bot.domain.reports import Trigger
from bot.domain.verdicts import article_ids
from tests.recognition.pasted import ALL, FIFTH, SHORT, Pasted, heard, one_in, share
from tests.shipped import RECOGNISER

CHANNELS = (
    "Shopify", "WooCommerce", "Stripe", "Square", "PayPal", "Amazon", "eBay", "Magento",
    "BigCommerce", "Etsy", "Afterpay", "marketplace", "Klarna", "Adyen", "Deliveroo", "Zettle",
)  # fmt: skip
OTHERS = (
    "QuickBooks", "MYOB", "Sage", "Canva", "our booking system", "the uni portal",
    "NZ Post eShip", "my landlord's portal", "Jira", "Tanda", "SAP", "the council website",
    "GlobalProtect", "Stripe", "Shopify", "the doctor's patient app", "PayPal", "Toast",
    "Lightspeed", "Moodle",
)  # fmt: skip
ABOUT_A_SALE = (
    "Xero would not take {name} order 1042: {m}",
    "Xero log, {name} order 7712 > {m}",
    "Xero payout from {name}: {m}",
    "{name} order #1042 failed to sync to Xero: {m}",
    "Post to Xero > {name} order #1042 > Error: {m}",
    "{name} sale 88 to Xero - {m}",
    "Xero: {m} ({name} order 1042)",
    'Xero says "{m}" for every {name} sale since Monday',
    "[xero-sync] {name}-1042 rejected: {m}",
    "{name} payments into Xero fail with: {m}",
    "Sync to Xero failed. Channel: {name}. Reason: {m}",
    "xero error on the {name} orders:\n{m}",
    "{m}\nthat's the {name} orders going to Xero",
    "Order from {name} rejected by Xero: {m}",
    "{name} clearing account in Xero: {m}",
    'channel={name} target=xero error="{m}"',
    '{{"source": "{name}", "target": "xero", "message": "{m}"}}',
    "We use {name}. Xero error: {m}",
    "SubSync, Xero, {name} invoice in_1P7: {m}",
    "| {name} | 1042 | Xero | {m} |",
)
INFRASTRUCTURE = ("AWS Lambda", "Azure", "Firebase", "MySQL", "Redis", "Kubernetes", "Salesforce")
LISTED_BY_XERO = (
    '{{"ErrorNumber":10,"Type":"ValidationException","Message":"A validation exception occurred",'
    '"Elements":[{{"InvoiceNumber":"CP-0042","ValidationErrors":[{{"Message":"{m}"}}]}}]}}',
    "[ErrorNumber] => 10\n[Type] => ValidationException\n[Elements] => Array\n(\n"
    "    [0] => Array\n    (\n        [ValidationErrors] => Array\n        (\n"
    "            [0] => Array\n            (\n                [Message] => {m}\n            )\n",
)
SENT_BY_NGINX = (
    '{{"response":{{"statusCode":400,"body":{{"Elements":[{{"ValidationErrors":[{{"Message":"{m}"}}]}}]}},'
    '"headers":{{"server":"nginx","content-type":"application/json"}}}}}}'
)
PROBLEMS_OF_XERO = (
    '{{\n  "Type": null,\n  "Title": "Bad Request",\n  "Status": 400,\n  "Detail": "{m}",\n'
    '  "Instance": "65e420cd-0000-493b-8f52-5eae2ee60000",\n  "Extensions": {{}}\n}}\n'
    "the one who set it up has left, could it be that?",
    '{{"title":"Bad Request","status":400,"detail":"{m}","instance":"65e420cd-0000-493b-8f52-5eae2ee60000"}}',
    'worker 11:52 connections returned\n{{"Type"=>nil, "Title"=>"Bad Request", "Status"=>400, '
    '"Detail"=>"{m}", "Instance"=>"c375551e", "Extensions"=>{{}}}}',
    "Array\n(\n    [Type] => \n    [Title] => Bad Request\n    [Status] => 400\n    [Detail] => {m}\n"
    "    [Instance] => c375551e-0b7d-4b44-9a53-7e5fd2a1c901\n    [Extensions] => Array\n)\n"
    "that is all the nightly job leaves us, and nobody here has touched the thing for a week",
    "array ( 'Type' => NULL, 'Title' => 'Bad Request', 'Status' => 400, 'Detail' => '{m}', "
    "'Instance' => 'c375551e-0b7d-4b44-9a53-7e5fd2a1c901', )",
    "{{'Type': None, 'Title': 'Bad Request', 'Status': 400, 'Detail': '{m}', "
    "'Instance': 'c375551e-0b7d-4b44-9a53-7e5fd2a1c901', 'Extensions': {{}}}} came out of the worker, "
    "and it has been doing so since about four in the morning, two of us have looked at it",
    '{{:title=>"Bad Request", :status=>400, :detail=>"{m}", :instance=>"c375551e", :extensions=>{{}}}}',
    "Title: Bad Request\nStatus: 400\nDetail: {m}\nInstance: 9a0eb7c5-4d14-4a4b-8bb1-c5a79bfa0a6f\n\n"
    "same thing on the other two machines, nobody here knows what we did to deserve it",
)
FROM_ANOTHER = (
    "{name} says: {m}",
    "{name}: {m}",
    '{name} shows "{m}"',
    "{name} won't let me, {m}",
    "{name} > {m}",
    "{name} came up with\n{m}",
    "got this in {name}: {m}",
    "{name} API error: {m}",
    "{m} - says {name}",
    "{m} (that's {name})",
    '{{"error":"{m}"}} from {name}',
    '{name} answers {{"code":404,"message":"{m}"}}',
    "[{name}] ERROR {m}",
    "{name} popup: {m}. rang them, sorted",
    "{name} | {m}",
    "no idea, it's not Xero, {name} has it: {m}",
)
VALUE_OF_A_KEY = (
    "document_media_id: {m}",
    '{{"customer_id": "{m}"}}',
    "dueDate: '{m}'",
    "errors: {{ invoiceNumber: ['{m}'] }}",
    "new_task.due_on: {m}",
    '"vendorBillNo":["{m}"]',
    "media_id => {m}",
    "contactPerson = {m}",
    '{{"type":"https://tools.ietf.org/html/rfc7231","title":"Not Found","status":400,"detail":"{m}"}}',
    '{{"title":"Not Found","status":400,"detail":"{m}","instance":"/documents/12"}}',
)
ANOTHER_TILL = (
    "Toast POS: {m}",
    "opensourcepos throws {m}",
    "our old till says {m}",
    "Lightspeed: {m}",
    "Loyverse > {m}",
    'the free POS at my brother in law\'s cafe throws "error: {m}" on every sale of the day',
    "Clover terminal: {m}",
    "Vend register: {m}",
    "another till of theirs shows {m}",
    "OSPOS > Sales > {m}",
)
OTHER_TRADES = (
    "todo app > new task: {m}",
    "claims form of the insurer: {m} It wants a day for the broken window",
    "homework portal of the school: {m}",
    "form.addError('{m}');",
    "enrolment form: {m}",
    "task list on my phone, {m}",
    "student record system: {m}",
    "<FieldError>{m}</FieldError> in our React form",
    "library book checkout: {m}",
    "their ledger, not ours: {m}",
    "EFTPOS terminal: {m}",
    "409 from our bookings API, {m}",
    "the gym's app: {m}",
    "DHL invoice lookup > {m}",
    "{m} marketplace seller page, payments are stuck there",
)
NOUN_IN_FRONT = (
    "Your payout {rest}",
    "Customer {rest}",
    "The requested {rest}",
    "StarTrack {m}",
    "Sorry, your loyalty {rest}",
    "Patient {rest} in the clinic's list",
    'CONNECT_{rest} "code"',
)
ANOTHER_PROGRAM = (
    'The freight portal just says "Invoice could not be found" when I track pallet 88',
    "Document could not be found - that's what the council's rates page gives me",
    "MYOB AccountRight: Account code must be specified. ring their help desk?",
    'Trying to lodge GST on myIR: "Invoice number must be unique"',
    "DocuSign envelope 77: Document could not be found",
    "Our loyalty app: Email address must be valid. Customer typed .con",
    "Tanda timesheets: Please enter a unique name.",
    "Trello card won't save - Due date cannot be empty",
    "Uber Eats manager: No items available to sell (kitchen closed)",
    "Fishbowl inventory import: Item code 'AB12' is not valid.",
    "Vend (old system at the Kumeu store): Tax rate must be valid.",
    "kounta export → Payment amounts exceeds.",
    "Invoice could not be found. (Telstra bill pay)",
    "ANZ direct online > Pay > Account could not be found",
    'Pulled this from the Kitomba salon system: "Invoice already exists"',
    "kids' school fees portal: Invoice could not be found, anyone else?",
    "Contact Name cannot be empty. <- StarShipIt",
    'Hubdoc? no, Dext: "Supplier not found"',
    "NetSuite SuiteTalk USER_ERROR: Item Code is invalid.",
    '{"errors":{"account":["Account could not be found"]}}',
    '{"field":"invoice_number","message":"Invoice number must be unique"} (from their Rails billing app)',
    "ActiveRecord::RecordInvalid: Validation failed: Invoice number must be unique",
    'org.springframework.web.server.ResponseStatusException: 404 NOT_FOUND "Invoice could not be found"',
    "pagerduty: 502 Bad Gateway on shop.example",
    "the wholesaler's order site: Order number must be unique",
    'wife\'s etsy shop: "No items available to sell"',
    "my bank: This currency is not supported",
    'Quickbooks has a bug: "Account could not be found (payments)". we don\'t use xero',
    "not xero related but the alarm panel says Too many requests",
    "Airtable automation failed: Invoice could not be found",
    "GitHub says: Repository lock, Document could not be found",
    "can someone at head office look at the intranet, Document could not be found",
    'The old till gave "Invoice number must be unique" all day, so glad we moved',
    "Lightspeed said Tax rate must be valid",
    'Zapier zap "Stripe to Sheets": Payment amounts must be positive amounts',
    "webshop checkout: Contact cannot be empty.",
    "gift card provider's API: 'Account could not be found'",
    "parcel locker: Order number must be unique",
    "POSaBIT: Item code '11' is not valid.",
    "hotel PMS: Invoice could not be found",
    "Guestline PMS posting: Account could not be found",
    "dentist's recall list: Contact cannot be empty.",
    "Our ERP (Pronto) - Account code must be specified for every line",
    "Fishbowl \u2013 Item code is invalid",
    "home-made ledger in Python: ValidationError: The total debits (500) must equal total credits (45)",
    "self-written billing script, ValidationError: Due date cannot be empty",
    'loan servicing app: "Payment amount exceeds the amount outstanding on this document."',
    'Java homework: throws "Invoice not of valid status for modification"',
    "our Kotlin project says: Account code must be specified for every line",
    "Telegram stock bot answers: Item code 'AB12' is not valid.",
    'discord bot replies "You have reached the limit of invoices you can approve"',
    "mock server for our tests returns 'Account code has been archived or has been deleted'",
    "job board: contact must be un-archived before creating new invoices or credit notes",
    "Playwright run 88: expected \"The TaxType code 'INPUT' cannot be used with account code '200'\" to be visible",
    'Swagger example of the billing API of our telco: {"message":"Invoice not of valid status for modification"}',
    "Excel macro from Dad: Total debits (90) must equal total credits (100)",
    "SQL trigger raises 'The contact name must be unique across all active contacts'",
    "Exact Online: The document date cannot be before the period lock date",
    "Wave accounting: Payment amount exceeds the amount outstanding on this document.",
    "Pennylane import: account code 411000 is not a valid code for this document",
    "DATEV export: Account code '8400' has been archived or deleted",
    "Epicor: Account code or ID must be specified",
    "hospital billing module: Invoice not of valid status for modification",
    "PHPUnit: Failed asserting that 'Invoice number must be unique' matches expected",
)
SHOPS_OWN_PROGRAM = (
    "Shopify order 1042 Account code '4010' is not a valid code for this document.",
    "Stripe payout 14/11 stuck: Xero says the payment amount exceeds the amount outstanding on this document",
    "Sale 8841 wont go: Invoice could not be found",
    "till 2 > day end > Xero > Account could not be found (payments)",
    "Integration log 10:42 INV-884 Invoice # must be unique.",
    "eftpos takings for Tuesday won't post. Message: Tax rate must be valid.",
    "payments screen red: Account could not be found (payments)",
    "Resend failed - Item code 'COF-1' is not valid.",
    "Error on refund 202: Document could not be found",
    "PayPal refund in xero: Payment amounts exceeds.",
    "Square sales summary to Xero rejected - Tax rate must be Active",
    "got this after reconnecting: No Xero account mapped for Eftpos",
    "WooCommerce plugin log: [Xero] Contact Name cannot be empty.",
    "xero integration: woo order 99 => Invoice # must be unique.",
    'amazon fees bill -> xero, "Account code must be specified"',
    "Our Afterpay settlement failed on export to Xero with Account is not found",
    "day end sync: Organisation is not subscribed to currency USD",
    'invoice export error "Invoice number must be unique"',
    "Customer ACC-22 Email address must be valid. (Xero contact push)",
    'The integration page has a red cross and "Account code must be specified"',
    "export: Contact cannot be empty.",
    "batch 12 rejected, Invoice already exists",
    '"Payment service could not be found" on the branding theme in Xero, we use Stripe',
    "Stripe fees | Xero | Currency is not enabled in Xero",
    "Manager login: The User specified does not have the correct permissions to perform this action",
    "the POS app says Account could not be found (payments)",
    "till software: Invoice could not be found",
    "export[Albany store]: Account could not be found",
    "Sync error\nAccount could not be found (payments)\nRegister: Front counter 2",
    "PUT /Accounts/1b2c 400 Cannot update Bank Accounts",
    "morning all, eftpos sales all stuck with Account could not be found. thx, Jo",
)


def put_in(envelope: str, one: Pasted, name: str = "") -> str:
    return envelope.format(m=one.text, rest=one.as_rest_of_sentence, name=name)


def put_in_each(
    envelopes: Sequence[str],
    messages: Sequence[Pasted],
    names: tuple[str, ...],
    among: int = FIFTH,
) -> Iterator[tuple[str, Pasted]]:
    """Each envelope around its share of the messages, each with the next name."""
    for number, envelope in enumerate(envelopes):
        for one, name in zip(share(messages, number, among), cycle(names), strict=False):
            yield put_in(envelope, one, name), one


def not_answered(
    envelopes: Sequence[str], names: tuple[str, ...] = ("",), among: int = FIFTH
) -> list[str]:
    """The texts with any message that are not answered rightly."""
    texts = put_in_each(envelopes, ALL, names, max(among, len(envelopes)))
    return [text for text, one in texts if one.right.isdisjoint(heard(text))]


def answered(envelopes: Sequence[str], names: tuple[str, ...] = ("",)) -> list[str]:
    """The texts with a short message that are answered."""
    return [text for text, _ in put_in_each(envelopes, SHORT, names) if heard(text)]


def silent(envelopes: Sequence[str]) -> list[str]:
    """The texts with a short message, and Canva for a name, that are not answered."""
    return [text for text, _ in put_in_each(envelopes, SHORT, ("Canva",)) if not heard(text)]


def test_there_are_many_messages() -> None:
    assert len(ALL) > 600
    assert len(SHORT) > 80


class TestASalesChannelBesideAnErrorOfXero:
    def test_is_where_the_sale_is_from(self) -> None:
        assert not_answered(ABOUT_A_SALE, CHANNELS) == []

    def test_is_the_speaker_of_what_it_says(self) -> None:
        assert answered(["{name}: {m}", "{name} says: {m}", "{m} - says {name}"], CHANNELS) == []


class TestAProblemOfXero:
    def test_vouches_for_its_detail(self) -> None:
        assert not_answered(PROBLEMS_OF_XERO, among=2 * len(PROBLEMS_OF_XERO)) == []

    def test_is_xeros_wherever_it_was_printed(self) -> None:
        printed = [f"response in our {{name}} function:\n{one}" for one in PROBLEMS_OF_XERO]
        assert not_answered(printed, names=OTHERS, among=2 * len(printed)) == []


class TestErrorsThatXeroLists:
    """In an answer with all of its keys, which says nothing of who printed it."""

    def test_are_xeros_wherever_they_were_printed(self) -> None:
        printed = [f"response in our {{name}} function:\n{one}" for one in LISTED_BY_XERO]
        assert not_answered(printed, names=(*OTHERS, *INFRASTRUCTURE), among=2 * FIFTH) == []

    def test_are_xeros_behind_the_server_that_a_header_names(self) -> None:
        assert not_answered([SENT_BY_NGINX]) == []

    def test_are_not_xeros_where_another_server_says_them(self) -> None:
        assert answered(["{name} on our server: {m}", "{name}: {m}"], ("nginx",)) == []


NAMES_XERO = [
    one
    for one in ALL
    if "xero" in one.text.lower() and one.text.split()[0].lower() not in ("the", "your", "our")
]


class TestAMessageThatNamesXero:
    def test_may_begin_with_its_article(self) -> None:
        assert len(NAMES_XERO) > 200
        texts = [
            (envelope.format(one.as_rest_of_sentence), one.right)
            for number, one in enumerate(NAMES_XERO)
            for envelope in one_in(
                4, ("sync: the {}", "The {}", "error - your {}", "our {}"), number
            )
        ]
        assert [text for text, right in texts if right.isdisjoint(heard(text))] == []

    def test_is_talk_in_the_middle_of_a_sentence(self) -> None:
        assert heard("I know that the contact is archived in Xero") == []

    @pytest.mark.parametrize("which", ["Linked", "The linked", "the saved", "Your selected"])
    def test_may_begin_with_the_word_that_tells_which_one(self, which: str) -> None:
        assert heard(f"{which} Xero contact was not found") == ["contact-existing-not-found"]

    @pytest.mark.parametrize(
        "whose", ["The bill", "The supplier's", "This customer\u2019s", "That order", "Its"]
    )
    def test_may_begin_with_the_record_that_it_is_of(self, whose: str) -> None:
        assert heard(f"{whose} contact is archived in Xero") == ["contact-number-in-use"]

    @pytest.mark.parametrize("talk", ["I know that", "we had thought", "ask Jo whether"])
    def test_is_talk_in_the_middle_of_a_sentence_with_that_record_too(self, talk: str) -> None:
        assert heard(f"{talk} the supplier's contact is archived in Xero") == []

    @pytest.mark.parametrize(
        "subject",
        [
            "Trade",
            "This account",
            "[push] Bay Bikes Ltd",
            "Nothing sent - the supplier",
            "400: Owner #7",
        ],
    )
    def test_may_have_its_subject_before_it(self, subject: str) -> None:
        text = f"{subject} is not linked to a Xero contact yet. Please call the office."
        assert heard(text) == ["contact-existing-not-found"]

    @pytest.mark.parametrize(
        ("text", "meant"),
        [
            ("Provvy could not find Xero organisation. Reconnect.", "organisation-not-in-list"),
            ("Manuva couldn't resolve Xero contact.", "contact-existing-not-found"),
            (
                "The app doesn't have permission for this in Xero. An admin needs to reconnect.",
                "authorization-unsuccessful",
            ),
        ],
    )
    def test_may_begin_with_the_program_that_failed(self, text: str, meant: str) -> None:
        assert heard(text) == [meant]

    @pytest.mark.parametrize(
        "text",
        [
            "I think he is not linked to a Xero contact",
            "if the app doesn't have permission for this in Xero, tell Anne",
            "FYI Fred doesn't have permission for this in Xero",
            "if the client is not linked to a Xero contact, pick one",
            "FYI Trade is not linked to a Xero contact",
            "Trade is not linked to a Xero contact yet, I'll do it tomorrow",
            "we looked up who has what over there, and the man from the other shop is not linked to a Xero contact",
        ],
    )
    def test_is_talk_behind_words_that_are_no_subject(self, text: str) -> None:
        assert heard(text) == []


class TestAShortMessage:
    """Is another program's, though it has the very words."""

    def test_that_another_program_says_is_left_alone(self) -> None:
        assert answered(FROM_ANOTHER, OTHERS) == []

    @pytest.mark.parametrize(
        "envelopes", [VALUE_OF_A_KEY, ANOTHER_TILL, OTHER_TRADES, NOUN_IN_FRONT]
    )
    def test_of_another_field_till_or_trade_is_left_alone(self, envelopes: tuple[str, ...]) -> None:
        found = answered(envelopes)
        # AuthenticationUnsuccessful is nobody's detail but Xero's, whatever is beside it
        assert [text for text in found if "Unsuccessful" not in text] == []

    def test_is_left_alone_where_xero_is_named_beside_another_speaker(self) -> None:
        speakers = ("booking app", "uni portal", "parcel website")
        moved = "we moved to Xero in May, but the {name} says: {m}"
        assert answered([moved] * len(speakers), speakers) == []

    def test_is_answered_where_xero_is_named_nearer(self) -> None:
        envelopes = [*FROM_ANOTHER[:4], "Xero, not {name}: {m}"]
        assert silent([envelope.replace("{m}", "Xero: {m}") for envelope in envelopes]) == []

    def test_is_answered_where_xero_is_named_beside_the_shops_app(self) -> None:
        besides = "since we moved to Xero, the app shows: {m}"
        assert silent([besides, "Xero is on, but the sync app has: {m}"]) == []

    def test_is_answered_where_the_rows_of_a_log_repeat_it(self) -> None:
        row = "2041;EUR;Organisation is not subscribed to currency EUR"
        text = "\n".join(["evening upload: 88 sent, 6 failed", *[row] * 6])
        assert heard(text) == ["currency-not-subscribed"]

    def test_is_answered_for_a_person_who_asks(self) -> None:
        texts = [put_in("Canva says: {m}", one) for one in SHORT]
        assert [
            text for text in texts if not article_ids(RECOGNISER.verdict(text, Trigger.ADDRESSED))
        ] == []


class TestAnotherProgram:
    def test_is_the_speaker_though_nobody_has_listed_it(self) -> None:
        assert [text for text in ANOTHER_PROGRAM if heard(text)] == []


class TestTheShopsOwnProgram:
    def test_is_no_other_program(self) -> None:
        assert [text for text in SHOPS_OWN_PROGRAM if not heard(text)] == []


class TestSomebodyWhoSaysWhereAnErrorIs:
    @pytest.mark.parametrize(
        "words",
        ["Getting below error: {}", "We are facing the error below\n{}", "{}\nNew behaviour"],
    )
    def test_says_nothing_of_whose_it_is(self, words: str) -> None:
        total = "The line total 0 does not match the expected line total 1250.00"
        assert heard(words.format(total)) == ["document-total-not-sum-of-lines"]


class TestABankAccount:
    """Its name may be that of a bank's website: Xero's demo company has a Business Bank Account."""

    @pytest.mark.parametrize(
        "text",
        [
            '{"Account": {"Code": "090", "Name": "Business Bank Account"}, "ValidationErrors": '
            '[{"Message": "Account type is invalid for making a payment to/from"}]}',
            "Xero payment to Business Bank Account failed: Account type is invalid for making a "
            "payment to/from",
        ],
    )
    def test_is_no_other_system(self, text: str) -> None:
        assert heard(text) == ["payment-account-type-invalid"]

    def test_is_one_on_its_bank_s_website(self) -> None:
        assert heard("our business banking says: Account could not be found (payments)") == []


class TestAnotherSystemThatWorks:
    """Is compared with Xero, and says nothing."""

    LONG = "The contact name Globex is already assigned to another contact"

    @pytest.mark.parametrize(
        "envelope",
        [
            "Xero import, third customer: {m}. MYOB takes the very same list.",
            "{m} is all that we get. In MYOB the customer went through, what does Xero want?",
            "Xero push of a contact today, error 400:\n{m}\nQuickBooks accepted it at once",
        ],
    )
    def test_is_not_the_speaker_where_xero_is_named(self, envelope: str) -> None:
        assert heard(envelope.replace("{m}", self.LONG)) == ["contact-name-assigned-to-another"]

    @pytest.mark.parametrize(
        "envelope",
        [
            "{m} is all that we get. In MYOB the customer never went through, Xero comes next",
            "{m}. MYOB accepts no list at all, we sync to Xero later",
            "{m} in MYOB, and in Xero it worked",
            "{m}. In MYOB it works on other days.",
        ],
    )
    def test_is_the_speaker_where_it_fails_or_xero_is_not_named(self, envelope: str) -> None:
        assert heard(envelope.replace("{m}", self.LONG)) == []


class TestAShortMessageAndALongOne:
    def test_of_one_article_are_xeros_if_the_long_one_is(self) -> None:
        short, long = (
            "Invalid End Balance",
            "End balance does not match start balance +/- statement",
        )
        text = f'{{"type":"invalid-end-balance","title":"{short}","detail":"{long} line amounts."}}'
        assert heard(text) == ["bankfeed-internal-error"]


class TestWhatOnlyXeroAndItsLibrariesSay:
    @pytest.mark.parametrize(
        "sign", ["accounting.transactions", "payroll.employees.read", "finance.statements.read"]
    )
    def test_is_the_name_of_a_right(self, sign: str) -> None:
        text = f"unauthorized_client - Invalid scope for client, we ask for {sign}"
        assert heard(text) == ["invalid-scope"]
        assert heard(text.replace(sign, "openid")) == []

    def test_is_how_many_issues_more_there_are(self) -> None:
        text = "the line total 12.00 does not match the expected line total 11.93"
        assert heard(f'the update says "{text}, and 3 other issues" and stops') == [
            "document-total-not-sum-of-lines"
        ]


class TestAQueryOfADatabase:
    MESSAGE = "Account code '204' is not a valid code for this document."

    @pytest.mark.parametrize(
        "advice",
        ["Please select another account from the list", "select Xero tax code from Settings"],
    )
    def test_is_no_advice_to_select_something(self, advice: str) -> None:
        assert heard(f"{self.MESSAGE} {advice}") == ["account-code-not-valid-for-document"]

    @pytest.mark.parametrize(
        "query",
        [
            "SELECT code, name FROM accounts",
            "select * from accounts",
            "select a.code from accounts",
        ],
    )
    def test_is_another_systems(self, query: str) -> None:
        assert heard(f"{query}: {self.MESSAGE}") == []


class TestAWayInWhichAnswersCome:
    """It is no system where Xero is named, and any program's where it is not."""

    MESSAGE = "The contact name Bay Bikes is already assigned to another contact."

    @pytest.mark.parametrize(
        "way", ["GraphQLError", "GraphQL error", "[GraphQL] createContact", "AWS Lambda task"]
    )
    def test_is_no_system_where_xero_is_named(self, way: str) -> None:
        text = f'our push to Xero stopped again\n\n{way}: "{self.MESSAGE}"'
        assert heard(text) == ["contact-name-assigned-to-another"]

    @pytest.mark.parametrize(
        "frame",
        [
            "com.google.api.client.http.HttpRequest.execute(HttpRequest.java:1118)",
            "com.google.common.base.Preconditions.checkArgument(Preconditions.java:127)",
            "com.google.gson.Gson.fromJson(Gson.java:932)",
        ],
    )
    def test_is_no_system_in_a_trace_of_xeros_library(self, frame: str) -> None:
        text = f"{self.MESSAGE}\n\tat {frame}\n\tat com.xero.api.client.AccountingApi.updateContact"
        assert heard(text) == ["contact-name-assigned-to-another"]

    def test_is_one_where_it_is_not(self) -> None:
        assert heard("GraphQLError: Invoice could not be found") == []


class TestADetailThatOnlyXeroAnswersWith:
    @pytest.mark.parametrize(
        "answer",
        [
            '{"Detail":"AuthenticationUnsuccessful"}',
            "[Detail] => AuthenticationUnsuccessful",
            "401 AuthenticationUnsuccessful",
        ],
    )
    def test_is_xeros_without_its_name(self, answer: str) -> None:
        text = f"the evening job of the second shop stopped half way\n\nerror:\n{answer}"
        assert heard(text) == ["authentication-unsuccessful-401"]

    def test_is_not_xeros_without_its_key_or_status(self) -> None:
        assert heard("router log: AuthenticationUnsuccessful for user bob, third try today") == []

    def test_is_xeros_where_a_scanner_misread_the_name(self) -> None:
        text = "Xer0 export of the second shop: Invoice already exists. What do we do about it now?"
        assert heard(text) == heard(text.replace("Xer0", "Xero")) != []


class TestTheNameOfALogger:
    @pytest.mark.parametrize("line", ["ERROR Console [(null)] - {}", "[WARN] Console - {}"])
    def test_is_no_program(self, line: str) -> None:
        text = line.format("Too many requests\n   at Xero.Api.Infrastructure.Http.Send()")
        assert heard(text) == ["rate-limit-sdk-text"]
        assert heard(text.replace("Console", "booking app")) == []
