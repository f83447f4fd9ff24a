"""The tick by which a person says that they looked at words which may tell of somebody; shown when that is in doubt."""

from forms.translation import tr
from ui.widgets import theme
from ui.widgets.choice_button import TickChoice


class LookedTick(TickChoice):
    """Hidden until the guard has pointed at something; `name` is the name of the object."""

    def __init__(self, name: str) -> None:
        super().__init__(tr("I have looked: these words tell nobody’s identity"))
        self.setObjectName(name)
        self.setMaximumWidth(theme.px(40))
        self.hide()
