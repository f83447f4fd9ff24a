"""Whether the period that is shown is published, and whether its figures still are the published ones."""

from typing import TYPE_CHECKING

from ui.widgets.text import Body

if TYPE_CHECKING:
    from icv_app.laptop import Laptop
    from icv_app.summary import Summary


class PublicationNotice(Body):
    """Hidden until it is told of a summary, and on a laptop that publishes nothing."""

    def __init__(self) -> None:
        super().__init__("", role="strong")
        self.setObjectName("publication")
        self.hide()

    def look(self, laptop: "Laptop", summary: "Summary") -> None:
        """Tell of a summary as it was counted just now. Raises Unavailable."""
        from icv_app.encryption.faults import in_words
        from icv_app.summaries import publication_state

        if not laptop.office:
            return
        with in_words():
            words = publication_state.words(
                laptop.store.connection, summary.period, summary.figures, laptop.clock.today()
            )
        self.setText(words)
        self.setVisible(bool(summary.figures))
