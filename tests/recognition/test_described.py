"""Errors of Xero that somebody tells in own words: answered unasked if one article is meant."""

from __future__ import annotations

import pytest

from bot.domain.reports import Trigger
from bot.domain.verdicts import Abstain, article_ids
from bot.recognition.explanation import DecidingRule
from tests.shipped import RECOGNISER

REPEATED = {
    "Xero's telling us we've got two uncertified apps connected already and can't have more": (
        "uncertified-app-limit"
    ),
    "return sale came back from Xero, it says the quantity on a line may not be under zero": (
        "quantity-less-than-zero"
    ),
    "Xero would not take the claim: that bill was made by Xero Expenses and can't be changed": (
        "created-by-xero-expenses"
    ),
}
FAILED = {
    "job list shows an error icon, alerting that for Xero the contact must be un-archived first": (
        "contact-number-in-use"
    ),
    "Xero export: the tracking option isn't an active tracking category in your organisation": (
        "tracking-unknown-details"
    ),
    "posting to Xero failed: transaction dated before the period's lock date": "lock-date-period",
    "gateway to Xero timed out with 504 while creating": "xero-gateway-timeout",
    "You send payments to an account that isn't your bank account, and haven't enabled payments to "
    "that account in Xero": "payment-account-type-invalid",
}
NOT_IN_XERO = {
    "the physio software shows: 'Xero did not accept this payment. The account mapped for EFTPOS is"
    " not a bank account and is not enabled for payments in Xero.'": "payment-account-type-invalid",
    "Export to Xero failed - a tracking option used on this bill (Depot 7) can't be found in Xero,"
    " it may have been renamed": "tracking-unknown-details",
    "roster tool: could not be sent to Xero. Reason: the attachment is too large or not a type that"
    " Xero accepts, photo is from a phone": "attachment-unsupported-type",
    "Import into Xero failed: the attachment is not a file of the right type, it is a .dwg": (
        "attachment-unsupported-type"
    ),
    "sent 40 of 212, we have hit Xero's daily API quota of 5,000 calls": "rate-limit-day",
    "Xero rejected the tax rate mapped to 'VAT 9%', it is deleted in Xero or not in use": (
        "tax-rate-must-be-valid"
    ),
}
"""What a program says that did not get its things into Xero, with its reason."""
DESCRIBED = REPEATED | FAILED | NOT_IN_XERO
IN_GENERAL = """
    If Xero rejects a bill because the period is locked, tell Kim before you change anything
    When an invoice can't be sent to Xero because the contact is archived, the accountant restores it
    Feature idea: show a red dot when Xero rejected an item because its code is too long
    the old till failed to send invoices to Xero with archived contacts, does ClickPOS do that?
    Xero won't let two contacts have the same name, so please add the suburb
    Xero doesn't accept invoices with a negative total so use a credit note
    remember Xero won't take attachments over 10 MB
    test case 14: Xero rejects payment larger than the amount due, expected result red banner
    I asked the vendor why Xero rejects items whose code is over 30 characters, waiting
    the demo org failed to sync to Xero last year because the plan had expired
    our policy: items not sent to Xero because of zero price are fine
    Xero can't accept a payment into Undeposited Funds unless it is enabled for payments - is that right?
    Could not sync to Xero was the error with the archived customer, done and dusted since Jo restored it
    """
"""What speaks of errors, and reports none."""
OF_OTHER_PROGRAMS = (
    ("rate-limit-sdk-text", "Slowed down by Xero (rate limited), backing off 60s"),
    ("no-valid-access-token", "Xero disconnected. Please reconnect."),
    ("no-valid-access-token", "Lost connection to Xero - reauthorise in Settings > Integrations"),
    ("xero-gateway-timeout", "Request to Xero timed out"),
    ("xero-gateway-timeout", "Xero took too long to respond"),
    ("unable-to-connect", "Unable to reach Xero"),
    ("subscription-ended", "Your Xero subscription has expired"),
    ("lock-date-period", "Xero books are locked for this period"),
    ("account-code-archived-or-deleted", "The Xero account code 410 has been deleted"),
    ("taxtype-does-not-exist", "Tax rate GST20 does not exist in Xero"),
    ("contact-number-in-use", "The customer has been archived in Xero"),
    ("payment-amount-exceeds", "Payment is more than the invoice balance in Xero"),
    ("payments-only-against-authorised", "Cannot apply payment: invoice is a draft in Xero"),
    ("item-code-already-exists", "Item code already exists in Xero"),
    ("item-code-too-long", "Item code is too long for Xero (max 30 characters)"),
    ("tracking-unknown-details", "Tracking option Glebe does not exist in Xero"),
    ("document-total-negative", "Xero doesn't accept invoices with a negative total"),
    ("document-total-zero", "Zero value invoices can't be sent to Xero"),
    ("uncertified-app-limit", "This Xero organisation already has two uncertified apps connected"),
    ("attachment-unsupported-type", "File type not supported by Xero"),
    ("attachment-unsupported-type", "Attachment too large for Xero (max 10 MB)"),
    ("supplier-bill-number-used", "Bill number already used for this supplier in Xero"),
    ("order-number-must-be-unique", "Purchase order number already exists in Xero"),
    ("unit-price-decimals", "Unit price has too many decimal places for Xero"),
    ("contact-field-too-long", "Contact name too long for Xero"),
    ("journal-debits-must-equal-credits", "Xero journal is out of balance by 0.02"),
    ("payment-amount-exceeds", "Xero: payment of 120.00 is larger than amount owing 110.00"),
    ("uncertified-app-limit", "Xero: only two uncertified apps may be connected"),
    ("rate-limit-sdk-text", "Xero slowed us down, will go on later"),
    ("no-valid-access-token", "Access to Xero was revoked, please authorise the app once more"),
    ("rate-limit-day", "Sync paused: the daily calls of Xero's API are exhausted"),
    (
        "account-code-archived-or-deleted",
        "Account 412 isn't active in Xero any more, choose another",
    ),
    (
        "contact-name-assigned-to-another",
        "Push to Xero failed, a contact with the same name is there already",
    ),
    ("no-items-available-to-sell", "Insufficient stock in Xero for the product, nothing was sold"),
    (
        "payment-account-type-invalid",
        "Sync error: the clearing account isn't enabled for payments in Xero",
    ),
    ("currency-not-subscribed", "Failed: the currency of this bill is not available in Xero"),
)
"""What other programs say in a few words of their own."""
TALK = """
    Kim archived three old contacts in Xero this morning
    I've locked September in Xero
    deleted the duplicate invoice in Xero
    The bookkeeper voided the draft bill in Xero
    Xero lock date moved to 30 June
    Reconnected Xero this morning
    Disconnected the old store from Xero, new one is next week
    Sam is busy with Xero until 3
    Bill number 2043 is in Xero already, no need to enter it
    that contact already exists in Xero, use it
    The customer is archived in Xero on purpose
    Invoice 204 is a draft in Xero, I will approve it tonight
    I deleted account code 410 in Xero as agreed
    Xero books are locked until the accountant is done
    too many people have Xero logins
    we pay more than 80 dollars for Xero
    Rate limit for Xero is 60 a minute by the way
    voided INV-204 in Xero and raised a new one
    the Xero training takes too long for one afternoon
    the accountant has a draft of the budget in Xero
    Offline sales go to Xero when the till is back
    We only use one tracking category in Xero
    Xero payroll is offline on Sunday for maintenance
    supplier bill is already approved in Xero
    customer paid twice, credit is in Xero
    Xero won't let me upload a logo larger than 1 MB
    my Xero login does not accept the new password
    the currency rates of the bank are not those in Xero
    access to Xero for the new manager is on my list
"""
ELSEWHERE_IN_XERO = """
    Xero Payroll: the pay run can't be posted because an employee has no bank account
    Payroll in Xero refuses: Timesheet overlaps an existing timesheet
    STP filing in Xero failed, the ATO rejected the payroll event
    Xero payroll: Employee's tax file number is invalid
    leave request in Xero Me was declined by the manager
    Xero bank feed from Westpac hasn't updated since Tuesday
    Bank rule in Xero doesn't match the Stripe payouts any more
    Xero reports: profit and loss doesn't include June
    Can't print payslips from Xero
    Xero Projects: time entry can't be edited as the project is closed
    Xero Projects says task can't be deleted, time is logged against it
    The Xero app on my phone won't open after the update
    Xero two-factor code isn't accepted on my new phone
    Hubdoc doesn't fetch bills from Telstra any more
    Xero Expenses: receipt photo too blurry, claim declined
    fixed asset depreciation in Xero can't be rolled back
    Xero tax return was rejected by IRD
    VAT return in Xero: HMRC says the period is already submitted
    Xero files inbox doesn't show the e-mailed PDF
    Can't invite a user in Xero, the email is already in use
    Xero subscription invoice is wrong, we were charged twice
    Xero payroll calendar can't be changed, pay runs exist
    Xero Practice Manager: job can't be completed as tasks are open
    Quote in Xero can't be accepted, it's expired
    Xero statement doesn't balance with the bank by 40 dollars
    Xero cash coding page is empty
    Xero dashboard shows wrong bank balance
    Xero's invoice PDF has the old logo
    Superannuation batch in Xero failed: fund USI not found
    Xero timesheet: earnings rate is not valid for this employee
    Payslip e-mail from Xero bounced, address invalid
    Xero budget import failed: column header missing
    CSV import of bank statement into Xero failed: invalid date format
    Xero contact import: 12 rows skipped, missing name
    my csv of contacts won't import into Xero, file has too many columns
    Importing the price list to Xero: duplicate item codes in row 12 and 40
    Xero Central page not found
    Conversion balances in Xero can't be edited
    Xero analytics plus trial ended
"""
"""Faults of Xero's own parts, which no integration touches."""
REMARKS = (
    "FYI: {}",
    "{} - sorted now, thanks",
    "{}. That was last week, it works again",
    "{}, all good since",
    "just noting: {}",
)


@pytest.mark.parametrize(("text", "article_id"), DESCRIBED.items(), ids=DESCRIBED.values())
def test_is_answered_and_explained(text: str, article_id: str) -> None:
    assert article_ids(RECOGNISER.verdict(text, Trigger.HEARD)) == [article_id]
    first = RECOGNISER.explain(text, Trigger.HEARD)[0]
    assert (first.article_id, first.rule) == (article_id, DecidingRule.DESCRIBED)


def test_what_is_listed_as_xero_lists_errors_is_answered_without_its_name() -> None:
    errors = 'ValidationErrors":[{"Message":"The currency \'USD\' is not enabled for this organisation"}]'
    assert article_ids(RECOGNISER.verdict(errors, Trigger.HEARD)) == ["currency-not-subscribed"]
    assert not article_ids(RECOGNISER.verdict(f"MYOB: {errors}", Trigger.HEARD))


@pytest.mark.parametrize("remark", REMARKS)
@pytest.mark.parametrize("text", FAILED, ids=FAILED.values())
def test_is_left_alone_where_it_is_a_remark(text: str, remark: str) -> None:
    assert not article_ids(RECOGNISER.verdict(remark.format(text), Trigger.HEARD))


@pytest.mark.parametrize("text", DESCRIBED, ids=DESCRIBED.values())
def test_is_left_alone_where_another_system_is_named(text: str) -> None:
    found = RECOGNISER.verdict(f"{text} - or was it MYOB?", Trigger.HEARD)
    assert not article_ids(found)


@pytest.mark.parametrize(
    "text",
    [
        "How many uncertified apps may be connected to one Xero organisation?",
        "Xero says we're up 8 % on last October, nice work",
        "FYI the accountant will lock June in Xero on Friday, get your June invoices in before",
        "Xero says no to something about a record, can't read the rest",
        "merged a couple of doubled up customers in Xero last night, list is in the shared folder",
        "wiki page 'Xero limits' has the 60 a minute number, add the daily one too?",
        "planned maintenance of Xero on Sunday 2 June from 3 to 5 am, our nightly run is at midnight",
    ],
)
def test_talk_about_xero_is_left_alone(text: str) -> None:
    assert RECOGNISER.verdict(text, Trigger.HEARD) == Abstain()


@pytest.mark.parametrize(
    "text",
    [
        "Order is not paid therefore payment cannot be sent to Xero. Please mark order as paid and try again.",
        "Booking isn't paid, so its payment can't be sent to Xero.",
    ],
)
def test_is_not_of_the_article_whose_title_it_denies(text: str) -> None:
    assert article_ids(RECOGNISER.verdict(text, Trigger.HEARD)) == []


def test_what_another_program_says_in_a_few_words_is_answered() -> None:
    missed = [
        text
        for article_id, text in OF_OTHER_PROGRAMS
        if article_ids(RECOGNISER.verdict(text, Trigger.HEARD)) != [article_id]
    ]
    assert missed == []


@pytest.mark.parametrize("texts", [TALK, IN_GENERAL, ELSEWHERE_IN_XERO])
def test_talk_and_faults_elsewhere_in_xero_are_left_alone(texts: str) -> None:
    lines = texts.strip().splitlines()
    assert [t for t in lines if article_ids(RECOGNISER.verdict(t.strip(), Trigger.HEARD))] == []


class TestWhatSomebodyWritesBelowAnError:
    """Does not decide which error it is."""

    ERROR = (
        "Xero Validation Error: Failed to publish to Xero: Business name is not found or invalid"
    )

    def test_is_no_other_error(self) -> None:
        text = f"{self.ERROR}\nin Xero the contact is spelled with Pty Ltd behind it"
        assert RECOGNISER.verdict(text, Trigger.HEARD) == Abstain()

    def test_may_tell_what_the_error_does_not(self) -> None:
        values = "Tax mapping error: VatCode: PrePaid, ProductId: 3407455, Group ID: 11"
        text = f"{values}\nit says the VAT code is not mapped to anything in our Xero settings"
        assert article_ids(RECOGNISER.verdict(text, Trigger.HEARD)) == ["taxtype-mandatory"]
