"""The story's steps in order, and how they are told."""

from collections.abc import Callable

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from mall.demo import (
    activities,
    campaigning,
    climbing,
    earning,
    moving,
    paying,
    redeeming,
    reminding,
    undoing,
)
from mall.demo.stage import Stage, StoryBroken
from mall.errors import MallError
from mall.stack_file import Stack

Step = Callable[[Stage], None]

CHAPTERS: dict[str, tuple[Step, ...]] = {
    "Points come in": (
        earning.a_member_arrives,
        earning.an_order_is_paid,
        earning.the_webhook_comes_again,
        earning.a_customer_is_linked,
    ),
    "Points come for more than purchases": (
        activities.she_checks_in,
        activities.she_does_a_task,
        activities.she_brings_a_friend,
    ),
    "Members climb": (
        climbing.she_spends_a_lot,
        climbing.the_next_order_earns_more,
        climbing.a_refund_lowers_no_tier,
        climbing.the_shop_gives_a_tier,
    ),
    "A campaign gives more, within its budget": (
        campaigning.an_operator_drafts_a_campaign,
        campaigning.it_is_tried_on_past_days,
        campaigning.it_runs_until_its_budget_ends,
        campaigning.it_is_stopped,
    ),
    "Points go out": (
        redeeming.she_looks_around,
        redeeming.she_redeems_a_code,
        redeeming.she_wants_something_reviewed,
        redeeming.an_operator_approves,
        redeeming.the_parcel_travels,
        redeeming.an_operator_rejects,
    ),
    "Points and money": (
        paying.she_orders_for_points_and_money,
        paying.she_pays_on_the_providers_page,
        paying.she_changes_her_mind,
    ),
    "Points come back, and lapse": (
        undoing.a_refund_claws_back,
        reminding.she_is_reminded,
        undoing.a_day_passes,
        undoing.the_sweep_books_it,
        undoing.the_books_balance,
        undoing.she_was_told,
    ),
    "Points move": (
        moving.balances_move_in,
        moving.a_red_packet_is_shared,
        moving.the_rest_goes_home,
    ),
}


def tell(stack: Stack, console: Console) -> None:
    """Play the main job, and show what each step showed.

    Raises:
        MallError: a step did not go as it must.
    """
    stage, number = Stage(stack), 0
    try:
        for chapter, steps in CHAPTERS.items():
            console.rule(f"[bold]{chapter}")
            for step in steps:
                number += 1
                _play(stage, step, number, console)
    finally:
        stage.clock.reset()
        stage.close()
    console.rule(f"[green]All {number} steps went as they must")


def _play(stage: Stage, step: Step, number: int, console: Console) -> None:
    title = f"{number}. {step.__doc__}"
    stage.shown.clear()
    try:
        with console.status(title):
            step(stage)
    except StoryBroken as broken:
        console.print(f"[red]✗[/red] {escape(title)}")
        console.print(_facts(stage))
        raise MallError(f"The story broke: {broken}", "See: mall logs <function>") from broken
    console.print(f"[green]✓[/green] {escape(title)}")
    console.print(_facts(stage))


def _facts(stage: Stage) -> Table:
    table = Table.grid(padding=(0, 2))
    for what, value in stage.shown:
        table.add_row("  ", f"[dim]{escape(what)}[/dim]", escape(value))
    return table
