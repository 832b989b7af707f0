"""Wording about files and pictures: which were read or copied, and why others were not."""

from bot.domain.attachments import ReadOutcome
from bot.domain.uploads import UploadOutcome

FILE = "the file"
READ_IN = {
    ReadOutcome.READ: ":page_facing_up: Read in {name}",
    ReadOutcome.PARTLY: (
        ":page_facing_up: {name} is long ({size:.1f} MB), so I read the first and last 256 kB"
    ),
}
READ_IN_PDF = {
    ReadOutcome.PARTLY: (
        ":page_facing_up: {name} is long, so I read only its first and last pages"
    ),
}
"""Of a PDF, instead."""
NOT_READ = ":page_facing_up: I couldn't read {name}"
READ_WITHOUT = "I can misread pictures. If you can, paste the words as text."
UNREAD_TITLE = "I couldn't read this"
UNREAD = {
    ReadOutcome.NOT_READ: (
        "I can't open files like {name}. Please copy the error out of it and paste it here, or send "
        "a screenshot of it. I can read PDF, text, log, JSON, XML, CSV and HTML files, and pictures "
        "(PNG, JPEG or HEIC) where that's set up."
    ),
    ReadOutcome.NO_READER: (
        "I can't read pictures here. Please type the words in {name}, or paste the error as text."
    ),
    ReadOutcome.TOO_LARGE: (
        "{name} is too large for me. Please send a picture of just the error box, or paste the error "
        "as text."
    ),
    ReadOutcome.TOO_SLOW: "Reading {name} took too long. Please paste the error as text.",
    ReadOutcome.NO_TEXT: (
        "I can't make out any words in {name}. Please paste the error as text, or take the picture "
        "again: straight on, in good light, with the error box filling it."
    ),
    ReadOutcome.DAMAGED: "I can't open {name}. Please send it again, or paste the error as text.",
    ReadOutcome.GONE: (
        "I can't get {name}: it was deleted, or Slack won't let me see it. Please paste the error "
        "as text."
    ),
}
UNREAD_PDF = {
    ReadOutcome.NO_TEXT: (
        "I can't find any text in {name}; it may be a scan. Please send a screenshot of the part with "
        "the error, or paste the error as text."
    ),
    ReadOutcome.DAMAGED: (
        "I can't open {name}: it may need a password, or be damaged. Please send a screenshot of the "
        "part with the error, or paste the error as text."
    ),
}
"""Of a PDF, instead."""
FILE_REASONS = {
    UploadOutcome.LARGE: "*{name}* is larger than {most} MB",
    UploadOutcome.EXTERNAL: "*{name}* is a link to a file outside Slack",
    UploadOutcome.GONE: "*{name}* can't be opened any more",
    UploadOutcome.REFUSED: "I'm not allowed to copy *{name}*",
    UploadOutcome.SHARED: "*{name}* would reach another company",
    UploadOutcome.SLOW: "copying *{name}* failed several times",
}
"""Why a file is not in the copy of its message."""
FILE_NAMELESS = "a file"
FILES_MORE = (
    "There's one more file at the original message.",
    "There are {count} more files at the original message.",
)
