"""The sentences and labels that the widgets show, in one place.

The browser half knows them by their names only. A translation translates what is here. Where a
sentence says {0} or {1}, the browser half puts a number, words of the text or a name.
"""

from typing import Any

SAVING: dict[str, Any] = {
    "connecting": "Connecting…",
    "saving": "Saving…",
    "saved": "Saved",
    "unsaved": "{0}{1}",
    "offline": "Not connected. {0}To continue, choose Run, then Run All Cells, in the menu.",
    "kept": "Not saved yet, but kept in this browser. ",
    "lost": "Not saved yet and NOT kept in this browser: do not close this page. ",
}
"""What the badge says in each state; {0} becomes one of the last two while something waits."""

TAGGING: dict[str, Any] = {
    # the text
    "select": "Select some words in the text first.",
    "no_tag": "There is no tag at the cursor.",
    "left": "You left the text.",
    "saves": "Your tags are saved automatically.",
    "noted": "{0} (note: {1})",
    # the acts
    "undo": "Undo",
    "redo": "Redo",
    "undone": "Undone.",
    "redone": "Redone.",
    "no_undo": "Nothing to undo.",
    "no_redo": "Nothing to redo.",
    "tagged": "Tagged {0} as {1}.",
    "places": "{0} places",
    "known": "Already tagged as {0}.",
    "removed": "Removed {0} from {1}.",
    "changed": "Changed.",
    "moved": "Moved to {0}.",
    "restored": "Unsaved changes restored from this browser: {0}.",
    # the codes
    "codes": "Codes",
    "choose": "Choose a code for the selected words",
    "point": "Point at a code, or move to it with Tab, to see when to use it.",
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
    "more_places": "Show what else is in the reference reading: {0}",
    "show": "Show",
    "show_words": "Show {0} in the text",
    # the help
    "keys": "Keyboard shortcuts",
}

HELP = (
    "Select words in the text with the mouse, a finger, or Shift and the arrow keys. "
    "Then press the number of a code, or click it.",
    "The arrow keys move the cursor. With Ctrl they jump by a word; with Shift they select.",
    "Enter opens the list of codes for the selected words. The arrow keys move in it.",
    "Ctrl+Z undoes your last action; Ctrl+Y redoes it.",
    "Delete removes the tag at the cursor.",
    "F2 goes to the list of your tags. There, Enter opens a tag, so that you can change it or "
    "say why.",
    "Escape leaves the text, so that Tab moves on.",
    "The text itself cannot be changed.",
)
"""How to tag: the first sentence is always shown."""

FORM: dict[str, Any] = {
    "restored": "Your unsaved changes were restored from this browser.",
    "another": "Another window has a different answer here.",
    "theirs": "Use that answer",
    "mine": "Keep this answer",
    "one_word": "1 word",
    "many_words": "{0} words",
}
"""What all widgets say that take answers."""

QUESTION: dict[str, Any] = {
    "press": "Not saved yet. Press “{0}”.",
    "wait": "The reply will appear when this notebook is connected again.",
    # putting things in order
    "up": "Move up",
    "down": "Move down",
    "first": "“{0}” is already first.",
    "last": "“{0}” is already last.",
    "moved": "“{0}” is now {1} of {2}.",
    # how sure somebody is
    "sure": "How sure are you?",
    "given": "{0} of 100",
    "not_given": "not set yet",
    "ends": ["0 = a guess", "100 = certain"],
    # a written answer
    "goal": "{0}; please write at least {1}",
}

HAND_IN: dict[str, Any] = {
    "name": "Your code name (not your real name)",
    "download": "Download my answers",
    "making": "Making your file…",
    "alone": "This notebook is not connected, so the file could not be made. Nothing is lost. "
    "Choose Run, then Run All Cells, in the menu, and press the button again.",
}

TEXT_FORM: dict[str, Any] = {
    "heading": "A text of your own",
    "details": {"title": "Title", "source": "Where it is from", "date": "Date, as far as you know"},
    "text": "The text",
    "use": "Use this text",
    "long": "This text has {0} characters; at most {1} can be used. It is not saved. Keep only the "
    "part that you want to read closely.",
    "wait": "Your text can be used when this notebook is connected again.",
}

PLAIN_WORDS: dict[str, Any] = {
    "heading": "In plain words: {0}",
    "how": "Say what each phrase says, in words that take no side and paint no picture. To leave "
    "out a phrase, write a hyphen: {0}",
    "plain": "In plain words",
    "carries": "still carries the device",
    "not_tagged": "Not tagged",
    "passage": "The passage",
    "sides": {"written": "As written", "plain": "In your plain words", "both": "Both"},
    "facts": "Which facts are still in your version?",
    "counts": "Devices before and after",
    "header": ["Device", "As written", "In your plain words"],
    "wait": "The counts will appear when this notebook is connected again.",
}

FRAMES: dict[str, Any] = {
    "heading": "The frames of this section: {0}",
    "how": "Tick every question that you would answer with yes. A frame is present when at least "
    "{0} of its questions are ticked.",
    "ticked": "{0} of {1} ticked",
    "present": "{0} of {1} ticked: this frame is present",
    "unchosen": "Not chosen yet",
    "primary": "The primary frame: most of the section supports it",
    "cells": "What does the section say? Write “none” where it says nothing.",
    "scope": "What does the section look at?",
    "compare": "Compare with the reference reading",
    "compared": "What the frame does",
    "header": ["Question", "You", "Reference reading"],
    "wait": "The comparison will appear when this notebook is connected again.",
}

CLASS_MAP: dict[str, Any] = {
    "heading": "The class map: {0}",
    "press": "Save my tags as my first reading and show the class",
    "alone": "This notebook is not connected, so nothing was saved. Choose Run, then Run All "
    "Cells, in the menu, and press the button again.",
    "codes": "Show the tags with",
    "key": "The number before some words says how many learners tagged them. The line below them "
    "shows the share:",
    "sample": "words",
    "hint": "Press Tab to go to the marked words, and the arrow keys to go from one to the next. "
    "How the class tagged them appears here.",
    "discuss": "To discuss",
}

SETTLING: dict[str, Any] = {
    "progress": "{0} of {1} settled",
    "go": "Go to",
    "heading": "Passage {0} of {1}: {2}",
    "states": {
        "open": "open",
        "later": "left for later",
        "unfinished": "a reason is missing",
        "settled": "settled",
    },
    # the choice
    "ask": "Which reading stays?",
    "ask_extent": "All say {0}. Which words does it take in?",
    "on": " on ",
    "both": "Keep both, with a reason for each",
    "several": "Keep more than one, with a reason for each",
    "none": "No tag here",
    "later": "Decide later",
    "which": "Which ones stay?",
    "because": "{0} stays, because",
    "none_because": "No tag here, because",
    "too_few": "Tick two or more readings that stay.",
    "write": "Write why. Then the passage counts as settled.",
    # the buttons
    "previous": "Previous",
    "next": "Next",
    "first": "This is the first passage.",
    "last": "This is the last passage.",
    "undo": "Undo",
    "undone": "Undone. Passage {0}: {1}.",
    "no_undo": "Nothing to undo.",
    "codes": "What the codes mean, and how to decide",
    "finish": "Save the settled reading",
    "wait": "The file can be written when this notebook is connected again.",
}
