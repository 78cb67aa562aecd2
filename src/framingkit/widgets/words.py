"""The sentences and labels that the tagger and the line about saving show, in one place.

The browser half knows them by their names only. A translation translates what stands here.
Where a sentence says {0} or {1}, the browser half puts a number, words of the text or a name.
"""

SAVING = {
    "connecting": "Connecting…",
    "saving": "Saving…",
    "saved": "Saved",
    "unsaved": "{0}{1}",
    "offline": "Not connected. {0}To go on, choose Run, Run All Cells in the menu.",
    "kept": "Not saved yet, kept in this browser. ",
    "lost": "Not saved yet, NOT kept: do not close this page. ",
}
"""What the badge says in each state; {0} becomes one of the last two while something waits."""

TAGGING = {
    # the text
    "select": "Select some words in the text first.",
    "no_tag": "No tag is at the cursor.",
    "left": "You left the text.",
    "saves": "Your tags save by themselves.",
    "noted": "{0} (note: {1})",
    # the acts
    "undo": "Undo",
    "redo": "Redo",
    "undone": "Undone.",
    "redone": "Done again.",
    "no_undo": "There is nothing to undo.",
    "no_redo": "There is nothing to do again.",
    "tagged": "Tagged {0} as {1}.",
    "places": "{0} places",
    "known": "That is tagged as {0} already.",
    "removed": "Removed {0} from {1}.",
    "changed": "Kept.",
    "moved": "Now on {0}.",
    "restored": "{0} changes that this browser had kept are back.",
    # the codes
    "codes": "Codes",
    "choose": "Choose a code for the selected words",
    "point": "Point at a code, or move to it with Tab, to read when to use it.",
    "rule": "Rule: ",
    "example": "Example: ",
    "but_not": "But not: ",
    # the list of tags
    "list": "Your tags",
    "tags": "Your tags: {0}",
    "more": "Show more tags",
    "note": "Note: {0}",
    "remove": "Remove {0}: {1}",
    "code": "Code ",
    "why": "Why? ",
    "sure": "How sure are you, from 0 to 100? ",
    "move": "Move to the words I select",
    "select_others": "Select other words in the text first.",
    # typing the words
    "search": "Tag by typing the words",
    "search_words": "Words in the text ",
    "previous": "Previous",
    "next": "Next",
    "place": "Place {0} of {1}.",
    "not_found": "These words are not in this text.",
    "tag_place": "Tag this place",
    "tag_all": "Tag all places",
    "tag_places": "Tag all {0} places",
    # the comparison
    "compare": "Compare with the reference reading",
    "comparison": "Comparison with the reference reading",
    "compared": "Your tags and the reference reading",
    "more_places": "Show what else the reference reading has: {0}",
    "show": "Show",
    "show_words": "Show {0} in the text",
    # the help
    "keys": "All keys",
}

HELP = (
    "Select words in the text with the mouse, a finger, or Shift and the arrow keys. "
    "Then press the number of a code, or click it.",
    "Arrow keys move in the text; Ctrl and an arrow jump by a word; with Shift they select.",
    "Enter goes to the list of codes for the selected words. The arrow keys walk in it.",
    "Ctrl+Z takes the last act back. Ctrl+Y does it again.",
    "Delete removes the tag at the cursor.",
    "F2 goes to the list of your tags. There, Enter opens a tag, to change it or to say why.",
    "Escape leaves the text, so that Tab goes on.",
    "The text itself cannot be changed.",
)
"""How to tag: the first sentence is always shown."""
