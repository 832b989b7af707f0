"""Names of other systems that a message may come from. Pure."""

import re

from bot.lazy_regex import lazy_regex

OTHER_SYSTEMS = lazy_regex(
    r"""\b(?: quickbooks | qbo\b | intuit | myob | sage\b | netsuite | freshbooks | zoho | zuora | chargebee | recurly
    | freeagent | kashflow | saasu | akaunting | invoice\s?ninja | gnucash | dolibarr
    | exact\sonline | twinfield | visma\b | fortnox | e-conomic\b | lexoffice | lexware | sevdesk | datev\b | bexio
    | pennylane | holded | moneybird | billomat | quickfile | clear\s?books | brightpearl | acumatica | epicor | syspro
    | tally\s?(?:prime|erp) | wave\s(?:accounting|apps) | manager\.io | pronto\s(?:xi|erp|software) | procountor
    | (?-i:Reckon)\s(?:One|Accounts|Hosted) | (?-i:Infor)\b | hledger | beancount | firefly\s?iii | invoice\s?plane
    | crater\sinvoic | solidinvoice | whmcs\b | kill\s?bill\b | business\scentral | peoplesoft | jd\s?edwards
    | odoo | erpnext | frappe | dynamics | sap\b | oracle | salesforce | hubspot | coupa | cin7
    | mongo | couchdb | couchbase | firebase | firestore | cosmosdb | dynamodb | elastic | opensearch | postgres
    | mysql | sqlite | redis | azure | aws\b | gcp\b | kubernetes | apache | graphql
    | (?<!server:\s)(?<!server:\s["'])(?<!server["']:["'])(?<!server["']:\s["'])(?<!server["']=>["'])nginx
    | sharepoint | onedrive | dropbox | docusign | github | gitlab | jira | trello | asana\b | todoist | to-?do\b
    | moodle | google | gmail | outlook | office\s?365 | teams\b | slack | zendesk | wordpress | canva\b | mailchimp
    | auth0 | okta | cognito | keycloak | saml | sso\b | instagram | facebook | openai | spotify
    | tools\.ietf\.org | traceid\b | instance[\"']?\s?:\s?[\"']?/
    | (?:internet|online|net|mobile|business)\s?bank(?:ing)?\b(?!\sa(?:cc|/c)) | business\sonline\b | banking\sapp
    | homework | assertionerror | failed\sasserting | phpunit | rspec\b | failed\stests?
    | (?-i:SELECT\b[^;]{1,200}\bFROM)\b
    | select\s(?:distinct\s)?[\w.*()]+(?:\s?,\s?[\w.*()]+)*\s+from\s(?!(?:the|a|your|our|xero)\b)\w
    | (?:open\s?source|u)\s?pos\b | opensourcepos | ospos\b | lightspeed | loyverse | kounta | epos\s?now
    | touchbistro | unicenta | floreant | chromis | erply | swiftpos | idealpos | bepoz | redcat | aloha\spos
    | (?:toast|clover|vend|hike|revel|square)\s(?:pos|tills?|terminals?|registers?|tablets?|says|api|invoices)\b
    | (?-i:Toast|Clover|Vend|Hike|Revel)(?=\s?[:,)>-])
    | (?:another|other|old|previous|former|free|rival|different|open.source|competitor\S*|(?:brother|sister|friend
        |neighbour|mate|wife|husband|landlord|insurer)\S*)
        \s(?:in\slaw\S*\s)?(?:\w+\s)?(?:pos|tills?|registers?|systems?|software|program)\b
    | (?:bank|canteen|charity|church|clinic|club|council|gym|hospital|hotel|insurer|landlord|library|school|uni
        |university)\S*\s(?:\w+\s){0,2}(?:portal|site|website|form|app|system|software|page|program|module|database)\b
    | (?:home.?(?:made|grown|built|brew(?:ed)?)|(?:self|hand).?(?:made|written|built|coded|rolled)|in.?house)
        \s(?!till|pos\b|sync|integration|connect)\w+
    | not\s(?:the|our|a)\s(?:till|pos|integration|sync)\b | not\sours\b
    | (?:eftpos|card|payment)\s(?:terminal|machine|reader)\S*
    | our\s(?!xero|click|pos\b|till|accounting|integration|sync)\w+\s(?:api|backend|server|portal|website|webshop)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
"""Systems whose name near a message makes it theirs: accounts, databases, sign-ins, other tills.

A header that names the server's software, as "server": "nginx", comes with every answer of Xero's.
"""
