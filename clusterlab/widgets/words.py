"""The words of live canvases: collected here, translated by the workshop's catalogues."""

from __future__ import annotations

from collections.abc import Mapping

from clusterlab.errors import N_
from clusterlab.language import Language
from clusterlab.outputs.matrix import HALVES, IN_MIDDLE, ON_LINE

WORDS: Mapping[str, str] = {
    "add": N_("Add a note"),
    "add_to": N_("Add a note to {block}"),
    "added": N_("Note added to {block}"),
    "also_deleted": N_("Somebody deleted this note while it was being changed."),
    "also_moved": N_("Somebody moved this note to {place} at the same time."),
    "also_written": N_("Somebody wrote something else under “{field}” at the same time:"),
    "at_edge": N_("The note is at the edge already"),
    "author": N_("Written by {sign}"),
    "axis_end": N_("{half} ({number})"),
    "builds_on": N_("Builds on"),
    "cancel": N_("Cancel"),
    "cell_of": N_("{field}, {note}"),
    "changed": N_("Note changed"),
    "close": N_("Close"),
    "connecting": N_("Connecting …"),
    "continue": N_("Go on writing"),
    "copied": N_("Note copied to {block}"),
    "copy_to": N_("Copy to: {version}"),
    "count_of": N_("{count} of {limit}"),
    "decided": N_("Decided"),
    "delete": N_("Delete"),
    "deleted": N_("Note deleted"),
    "deleted_note": N_("Deleted: {note}"),
    "done": N_("Done"),
    "drag": N_("Drag to move"),
    "edit_hint": N_("Enter: done. Shift and Enter: new line. Escape: leave it."),
    "edit_in": N_("Note in {block}"),
    "find_link": N_("Find by word or number"),
    "help": N_("How to use it"),
    "help_arrows": N_("Arrow keys: go from note to note."),
    "help_below": N_("Enter: go to the field below. Shift and Enter: new line."),
    "help_cells": N_("Write where you like: it is saved when you go on to the next field."),
    "help_delete": N_("Delete: take the note away. It can be brought back at any time."),
    "help_delete_row": N_(
        "Ctrl and Delete: take an entry away. It can be brought back at any time."
    ),
    "help_enter": N_("Enter: open a note. Enter again: done."),
    "help_escape": N_("Escape: show again what was there before."),
    "help_links": N_(
        "Builds on: open it, and tick the notes that the entry builds on. Escape closes it."
    ),
    "help_mouse": N_(
        "Click a note to change it. Drag it to where it belongs, on a phone by the dots."
    ),
    "help_move": N_("Alt and arrow keys: move the note."),
    "help_move_row": N_("Alt with arrow up or down: move an entry. Or drag it by the dots."),
    "help_undo": N_("Ctrl and Z: take the last step back."),
    "high": HALVES["high"],
    "in_middle": IN_MIDDLE,
    "keep_both": N_("Keep both"),
    "keep_first": N_("Keep the one above"),
    "keep_note": N_("Keep the note"),
    "lacking": N_("missing"),
    "leave_here": N_("Leave it here"),
    "left_matrix": N_("The note is not placed any more"),
    "links_of": N_("Builds on, {note}: {links}"),
    "low": HALVES["low"],
    "mark_added": N_("Added"),
    "mark_dropped": N_("Dropped"),
    "mark_kept": N_("Kept"),
    "matrix_name": N_(
        "Matrix: {x} across from {x_low} to {x_high}, {y} up from {y_low} to {y_high}"
    ),
    "more": N_("Details"),
    "more_of": N_("More for {note}"),
    "move_down": N_("Move down"),
    "move_there": N_("Move it there"),
    "move_to": N_("Move to"),
    "move_up": N_("Move up"),
    "moved": N_("Note moved to {block}"),
    "moved_to": N_("Note moved to {block}, place {place} of {count}"),
    "new_entry": N_("New: {name}"),
    "new_hint": N_("Enter: next note. Shift and Enter: new line. Escape: leave it."),
    "new_in": N_("New note in {block}"),
    "no_link_found": N_("No note has this."),
    "no_links": N_("nothing yet"),
    "no_notes": N_("No notes yet"),
    "no_text": N_("(no text)"),
    "no_answer": N_("The program behind this page does not answer."),
    "none": N_("–"),
    "not_kept": N_("Your browser keeps nothing: do not close this page."),
    "not_number": N_("This is not a number."),
    "not_placed": N_("Not placed yet"),
    "not_placed_hint": N_("Drag them into the matrix, or open them and choose the two numbers."),
    "not_whole": N_("This is not a whole number."),
    "nothing_left": N_("An entry cannot be empty: delete it instead."),
    "nothing_missing": N_("Everything a SMART goal needs is there"),
    "nothing_to_cite": N_("There is nothing on the other canvas yet that this could build on."),
    "number_column": N_("Number"),
    "offered": N_("You were writing in {block}: “{text}”"),
    "offered_field": N_("You were writing in {block}, under “{field}”: “{text}”"),
    "on_line": ON_LINE,
    "page_file": N_("All changes are in the file “{file}”, saved {time}."),
    "page_kept": N_("Kept in this browser, {time}. Save your notes as a file to hand them on."),
    "page_lost": N_(
        "This browser keeps nothing: save your notes as a file before you close the page."
    ),
    "page_ready": N_("What you write is kept in this browser."),
    "page_save": N_("Save notes as a file"),
    "page_stay": N_(
        "Deleted notes stay in the workshop; say so when you hand on the file: {notes}"
    ),
    "page_unchanged": N_("Nothing was changed on this page yet."),
    "pick_date": N_("Pick a date for {field}"),
    "placed_at": N_("{values}: {quadrant}"),
    "press_start": N_("Press “Start again” to go on."),
    "readonly": N_("To read only"),
    "ready": N_("Everything is saved as you write"),
    "redo": N_("Redo"),
    "redone": N_("Done again"),
    "refused": N_("This was not taken: {why}"),
    "restore": N_("Bring back"),
    "restore_note": N_("Bring {note} back"),
    "restored": N_("Note brought back"),
    "run_cell": N_("Run the cell again to go on."),
    "saved": N_("Saved {time}"),
    "saving": N_("Saving …"),
    "start_again": N_("Start again"),
    "still_missing": N_("Still missing to be SMART: {fields}"),
    "stays": N_("Somebody has written on this note since; it stays."),
    "stopped": N_("The program behind this page has stopped."),
    "tags": N_("Tags"),
    "tags_hint": N_("Words, with commas between"),
    "take_this": N_("Take this one"),
    "throw_away": N_("Throw away"),
    "too_high": N_("At most {limit}."),
    "too_long": N_("This text has {count} letters; {limit} are allowed."),
    "too_low": N_("At least {limit}."),
    "too_many": N_("more than there should be"),
    "topic": N_("Topic"),
    "unconnected": N_("Not connected."),
    "undo": N_("Undo"),
    "undone": N_("Taken back"),
    "unnamed": N_("entry being saved"),
    "unplaced": N_("Unplaced"),
    "unplaced_hint": N_("Their box is no longer on this canvas: move them to one that is."),
    "waiting": N_("Not saved yet, trying again."),
    "write_again": N_("Write it again"),
}

#: Texts that depend on a number: key, the text for one, the text for many.
_PLURALS = (
    (
        "kept",
        N_("Your {count} change is kept in this browser."),
        N_("Your {count} changes are kept in this browser."),
    ),
    (
        "page_unsaved",
        N_("{count} change is not in a file yet."),
        N_("{count} changes are not in a file yet."),
    ),
    ("notes", N_("{count} note"), N_("{count} notes")),
    ("deleted_notes", N_("{count} deleted note"), N_("{count} deleted notes")),
)
#: Numbers that every language's rule for plural forms is tried with.
_TRIED = (*range(130), 1000, 1_000_000)


def texts(language: Language, cites_label: str = "") -> dict[str, object]:
    """Give everything that a page says, in a language.

    Parameters
    ----------
    cites_label
        What the links of its canvas are called; by default that a note builds on others.

    Returns
    -------
    dict
        ``language``, ``direction``, ``words`` by key, and ``plurals``: by key one text for each
        of CLDR's categories that the language has ("one", "few", "other" …).
    """
    words = {**WORDS, "builds_on": cites_label or WORDS["builds_on"]}
    sample = {language.category(number): number for number in reversed(_TRIED)}
    return {
        "language": language.tag,
        "direction": language.direction,
        "words": {key: language.gettext(text) for key, text in words.items()},
        "plurals": {
            key: {
                category: language.plural(number, one, many, count="{count}")
                for category, number in sample.items()
            }
            for key, one, many in _PLURALS
        },
    }
