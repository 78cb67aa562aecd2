"""The one kind of error that framingkit raises for something a person can fix.

Every message is one or two full sentences: what was wanted, what was given, what to do.
"""


class FramingkitError(ValueError):
    """Something in a file, a text or an answer is not as it has to be.

    Examples
    --------
    >>> raise FramingkitError("The article has no section 'agendum'; choose 'agenda'.")
    Traceback (most recent call last):
    framingkit.errors.FramingkitError: The article has no section 'agendum'; choose 'agenda'.
    """

    def _render_traceback_(self) -> list[str]:
        """Show the sentence alone in a notebook: a learner has no use for a list of files."""
        return [str(self)]
