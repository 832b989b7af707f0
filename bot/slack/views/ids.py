"""Every name Slack sends back to us, once."""

COMMAND = "/xero-error"

SHORTCUT_EXPLAIN = "explain_xero_error"
SHORTCUT_SEND = "send_to_requester"

ACTION_ESCALATE = "escalate"
ACTION_FEEDBACK = "feedback"
ACTION_SHARE = "share"
ACTION_PICK = "pick_article"
"""With the place in the list behind it, as action ids are unique in a block: `pick_article.0`."""
ACTION_READ_ALL = "read_all"
ACTION_AREA = "choose_area"
ACTION_AREA_PAGE = "area_page"
"""Paging buttons have `.previous` or `.next` behind it."""
ACTION_OPEN_PAGE = "open_page"
ACTION_HOME_PAGE = "home_page"
ACTION_OPEN_ARTICLE = "open_article"

ACTION_CLAIM = "claim"
ACTION_RELEASE = "release"
ACTION_RESOLVE = "resolve"
ACTION_WITHDRAW = "withdraw"
ACTION_REOPEN = "reopen"

BLOCK_DECIDE = "decide"
"""With the number of the last step that was shown behind it: `decide.3`. Until 2026-11 without."""

VIEW_FEEDBACK = "feedback"
VIEW_PASTE = "paste"
VIEW_ESCALATE = "escalation"
VIEW_RESOLVE = "resolution"

EVENT_REPLY = "xero_bot_reply"
"""Type of the metadata by which our own posts are found again."""
