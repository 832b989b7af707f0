"""Ids that Slack sends back: the command, shortcuts, actions, blocks, views and metadata."""

COMMAND = "/xero-error"

SHORTCUT_EXPLAIN = "explain_xero_error"
SHORTCUT_HELP = "get_help"
SHORTCUT_SEND = "send_to_requester"

ACTION_ESCALATE = "escalate"
ACTION_GET_HELP = "help_from_home"
ACTION_MORE_DETAILS = "more_details"
ACTION_FEEDBACK = "feedback"
ACTION_SHARE = "share"
ACTION_PICK = "pick_article"
"""Followed by the number in the list, as action ids are unique in a block: `pick_article.1`."""
ACTION_READ_ALL = "read_all"
ACTION_SHOW_CAUSE = "show_cause"
"""Followed by the cause, or by the article of another error: `show_cause.paid`."""
ACTION_SHOW_HOW = "show_how"
"""Followed by the index of a step whose procedure it opens: `show_how.2`."""
ACTION_AREA = "choose_area"
ACTION_AREA_PAGE = "area_page"
"""Paging buttons append `.previous` or `.next`."""
ACTION_OPEN_PAGE = "open_page"
ACTION_HOME_PAGE = "home_page"
ACTION_OPEN_ARTICLE = "open_article"

ACTION_CLAIM = "claim"
ACTION_RELEASE = "release"
ACTION_RESOLVE = "resolve"
ACTION_WITHDRAW = "withdraw"
ACTION_REOPEN = "reopen"

BLOCK_DECIDE = "decide"
"""Followed by the number of the last step shown: `decide.3`. Cards before 2026-11 have none."""

ACTION_SEND_TYPED = "send_typed"
BLOCK_BOX = "reply_box"
"""The card's reply box, followed by its number, as Slack keeps what is typed in a block of one id:
`reply_box.2`. The block of its button is `send_typed.2`."""

VIEW_FEEDBACK = "feedback"
VIEW_PASTE = "paste"
VIEW_ESCALATE = "escalation"
VIEW_FILES = "send_files"
VIEW_RESOLVE = "resolution"

EVENT_REPLY = "xero_bot_reply"
"""Type of the metadata that holds the key of each post."""
