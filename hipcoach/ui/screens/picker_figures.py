"""The figures of the highlighted routine's exercises in the picker, where there are any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hipcoach.core.plan import Plan
from hipcoach.ui.screens.routine_choices import RoutineChoices

if TYPE_CHECKING:
    from hipcoach.ui.widgets.movement_view import MovementView


class PickerFigures(RoutineChoices):
    """A picker with a MovementView. The class `-no-figures` says that there is nothing to show in it,
    `-movement` that it was asked for in place of the preview, where there is no room for both."""

    movement: MovementView | None = None
    """Where the figure is, once one is to be shown."""

    def show_movements(self, plan: Plan | None) -> None:
        """Show the figures of what is done in a plan; None where there is no plan."""
        if self.movement is None:
            # After the list is there: it has nothing to do with figures.
            from hipcoach.ui.widgets.movement_view import MovementView

            self.movement = MovementView(self.services.clock, id="movement")
            self.mount(self.movement, after="#right")
        steps = () if plan is None else plan.steps
        done = dict.fromkeys(step.exercise or "" for step in steps if step.is_work)
        exercises = [self.services.catalog.exercises[each] for each in done]
        self.movement.show(exercises, less_motion=self.services.settings.look.less_motion)
        self._make_room()

    def on_movement_view_emptied(self) -> None:
        """What was thought to have a figure has none."""
        self._make_room()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer other figures where there are any."""
        if action == "movement":
            return self.movement is not None and self.movement.exercise is not None
        return super().check_action(action, parameters)

    def action_movement(self, by: int) -> None:
        """Show the figure of the next exercise; without room for it yet, in place of the preview."""
        if self.movement is not None and self.movement.region:
            self.movement.turn(by)
        else:
            self.add_class("-movement")

    def _make_room(self) -> None:
        self.set_class(self.movement is None or self.movement.exercise is None, "-no-figures")
