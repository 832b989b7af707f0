"""Slack's error codes, grouped by what they mean for a job.

From the tables "Errors" of the methods that are called (docs.slack.dev/reference/methods). Slack
may send others: a code that is not listed here counts as temporary, and the call is retried.
"""

from bot.slack.client.scopes import page_of

TOKEN_REFUSED = frozenset(
    {
        "account_inactive",
        "app_uninstalled",
        "invalid_auth",
        "not_authed",
        "token_expired",
        "token_revoked",
    }
)
"""No call succeeds until the token is accepted again."""

THROTTLED = frozenset({"rate_limited", "ratelimited"})
"""Too many calls at once. Some methods spell it with an underscore."""

TOO_LONG = frozenset({"invalid_blocks", "msg_blocks_too_long", "msg_too_long"})
"""A shorter message may be accepted. invalid_blocks can also mean that a text is too long."""

STALE_TRIGGER = frozenset({"exchanged_trigger_id", "expired_trigger_id"})
"""The trigger of a click has expired: the person has to press again."""

NOT_A_MEMBER = frozenset({"channel_not_found", "not_in_channel"})
"""The bot is not in the channel, or cannot see it."""
UNKNOWN_USER = frozenset({"user_not_found", "user_not_visible"})
"""An app's id, or that of a person of another workspace whom the bot cannot look up."""

_PERMISSIONS = frozenset(
    """access_denied channel_is_limited_access deprecated_endpoint enterprise_is_restricted forbidden_team
    messages_tab_disabled method_deprecated missing_scope no_access no_permission not_allowed_token_type not_enabled
    plan_upgrade_required restricted_action restricted_action_non_threadable_channel
    restricted_action_read_only_channel restricted_action_thread_locked restricted_action_thread_only_channel
    team_access_not_granted two_factor_setup_required unknown_method""".split()
)
_TARGETS = frozenset(
    """already_reacted bad_timestamp cannot_reply_to_message cant_broadcast_message cant_delete_file cant_delete_message
    cant_update_message edit_window_closed file_deleted file_is_deleted file_not_found invalid_thread_ts
    invalid_user_combination is_archived is_inactive message_not_found method_not_supported_for_channel_type
    no_reaction no_such_subteam not_found not_reactable not_visible thread_locked thread_not_found too_many_emoji
    too_many_reactions user_disabled user_not_found user_not_in_channel user_not_visible""".split()
)
_ARGUMENTS = frozenset(
    """attachment_payload_limit_exceeded block_mismatch duplicate_external_id hash_conflict insecure_request
    invalid_arg_name invalid_arguments invalid_array_arg invalid_attachments invalid_blocks_format invalid_charset
    invalid_cursor invalid_form_data invalid_limit invalid_metadata_format invalid_metadata_schema invalid_name
    invalid_post_type invalid_trigger_id invalid_ts_latest invalid_ts_oldest markdown_text_conflict
    metadata_must_be_sent_from_app metadata_too_large missing_args missing_post_type no_item_specified no_text
    not_enough_users push_limit_reached team_not_found too_many_attachments too_many_users users_list_not_supplied
    view_too_large""".split()
)

_UPLOADS = frozenset(
    """file_type_not_allowed file_upload_size_restricted file_uploads_disabled
    file_uploads_except_images_disabled missing_argument storage_limit_reached""".split()
)

FINAL = (
    _PERMISSIONS
    | _UPLOADS
    | _TARGETS
    | _ARGUMENTS
    | TOKEN_REFUSED
    | TOO_LONG
    | STALE_TRIGGER
    | NOT_A_MEMBER
)
"""The same call will be refused until somebody changes something."""

ADVICE = {
    "missing_scope": "add the scope under OAuth & Permissions and reinstall the app; manifest.yaml lists them all",
    "not_in_channel": "invite the bot to the channel with /invite",
    "channel_not_found": "check the channel's id, and invite the bot if the channel is private",
    "is_archived": "the channel is archived; unarchive it or choose another one",
    "invalid_auth": "the token is wrong; copy it again from the app's page",
    "not_authed": "the token is missing",
    "token_revoked": "the token was revoked; reinstall the app and copy the new one",
    "token_expired": "the token has expired; reinstall the app and copy the new one",
    "account_inactive": "the app was removed from the workspace; reinstall it",
    "app_uninstalled": "the app was removed from the workspace; reinstall it",
    "restricted_action": "a workspace setting keeps the bot from posting there",
    "message_limit_exceeded": "the workspace has reached the limit of its plan",
    "ekm_access_denied": "an administrator has suspended posting",
}
"""What the operator can do, by error code."""


def explain_refusal(method: str, error: str, needed: str = "", where: str = "") -> str:
    """Return a line for the operator: the refused method, where, why, and what to do."""
    scope = f" ({needed})" if needed else ""
    advice = ADVICE.get(error, f"see {page_of(method)}")
    return f"Slack refused {method}{where}: {error}{scope}; {advice}"
