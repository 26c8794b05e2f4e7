"""`kg annotate`: pages read by a language model into sidecars."""

from __future__ import annotations

import sys
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands.building import publication_date
from kg.commands.common import NumberRange, PathName, progress, remark
from kg.errors import UserError

if TYPE_CHECKING:
    from types import ModuleType

    from kg.annotate import Plan, Price, Report

NEEDS = "kg annotate needs httpx and tenacity: pip install 'kg-governance[model]'"
MOST_PRICE = 1_000_000


def _model_reading() -> ModuleType:
    try:
        from kg import annotate as found
    except ModuleNotFoundError as error:
        if error.name not in {"httpx", "tenacity"}:
            raise
        raise UserError(NEEDS) from None
    return found


def _price(_context: click.Context, _option: click.Parameter, value: str) -> Price | None:
    if not value:
        return None
    try:
        sent, answered = (Decimal(part) for part in value.split(","))
    except (InvalidOperation, ValueError):
        raise click.BadParameter("give two prices of a million tokens, sent and answered: 0.5,1.5") from None
    if not all(each.is_finite() and 0 <= each < MOST_PRICE for each in (sent, answered)):
        raise click.BadParameter("a price is a number from 0 on")
    found: Price = _model_reading().Price(sent, answered)
    return found


@click.command()
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True, type=PathName(exists=True))
@click.option(
    "--endpoint", metavar="URL", required=True, help="The server: http://localhost:11434/v1, https://HOST/v1."
)
@click.option("--model", metavar="NAME", required=True, help="The model, as the server calls it.")
@click.option("--jobs", type=click.IntRange(min=1, max=256), default=4, show_default=True, help="Requests at a time.")
@click.option(
    "--timeout", metavar="SECONDS", type=NumberRange(min=0.1, max=86400), default=300, show_default=True,
    help="Give up on a request after so long.",
)  # fmt: skip
@click.option(
    "--retries", type=click.IntRange(min=0, max=20), default=5, show_default=True,
    help="Make a request that failed for the moment so often again.",
)  # fmt: skip
@click.option(
    "--piece-tokens", type=click.IntRange(min=200), default=6000, show_default=True,
    help="Split articles that are longer, with overlap.",
)  # fmt: skip
@click.option(
    "--answer-tokens",
    type=click.IntRange(min=200),
    default=8000,
    show_default=True,
    help="Most that an answer may have.",
)
@click.option("--cache", metavar="FOLDER", type=PathName(file_okay=False),
              show_default="kg/answers in the user's cache", help="Where answers are kept.")  # fmt: skip
@click.option(
    "--published", metavar="DATE", default="", callback=publication_date,
    help="Of pages that tell none: 2024-03-31, 2024-03 or 2024.",
)  # fmt: skip
@click.option(
    "--gold", metavar="FILE", multiple=True, type=PathName(exists=True, dir_okay=False),
    help="Gold facts of some of the pages: the share that is right becomes the facts' confidence; repeatable.",
)  # fmt: skip
@click.option("--replace", is_flag=True, help="Write sidecars anew that a person has written or changed.")
@click.option("--dry-run", is_flag=True, help="Send nothing; print the number of requests and of tokens, about.")
@click.option("--prompts", metavar="FOLDER", type=PathName(file_okay=False),
              help="With --dry-run, write there what would be sent.")  # fmt: skip
@click.option(
    "--price", metavar="SENT,ANSWERED", default="", callback=_price, help="Of a million tokens, to tell the cost."
)
def annotate(
    inputs: tuple[Path, ...],
    *,
    endpoint: str,
    model: str,
    cache: Path | None,
    published: str,
    gold: tuple[Path, ...],
    replace: bool,
    dry_run: bool,
    prompts: Path | None,
    price: Price | None,
    **limits: float,
) -> None:
    """Have a language model read pages, and write what stands in their text beside them, as PAGE.facts.json.

    kg build then takes these facts instead of its own, with its own (--facts add), or what both say (--facts agree).
    Only the text of the pages goes to the server, and to no other; the key, if it wants one, comes from KG_MODEL_KEY.
    What was answered is kept: a second run asks only what is missing.
    """
    model_reading = _model_reading()
    if prompts is not None and not dry_run:
        raise click.UsageError("--prompts is for --dry-run")
    settings = model_reading.Settings(
        model_reading.address(endpoint),
        model_reading.model_name(model),
        model_reading.key_from_environment(),
        piece_tokens=int(limits["piece_tokens"]),
        answer_tokens=int(limits["answer_tokens"]),
        jobs=int(limits["jobs"]),
        seconds=limits["timeout"],
        retries=int(limits["retries"]),
    )
    kept = model_reading.Cache(cache or model_reading.default_folder())
    if dry_run:
        plan = model_reading.plan(inputs, settings, kept, published, replace=replace, prompts=prompts)
        _tell_plan(plan, price)
        sys.exit(1 if plan.failed else 0)
    if settings.shows_key:
        remark(f"{model_reading.KEY} goes to {settings.place} unencrypted")
    report = model_reading.Report()
    try:
        model_reading.annotate(
            inputs, settings, kept, report, published=published, replace=replace, progress=progress("asked of", "pages")
        )
    finally:
        _tell(report, price)
    if gold:
        sure = model_reading.measure(report.pages, gold, settings.model)
        remark(f"right by the gold facts: {', '.join(f'{name} {share}' for name, share in sure.items())}")
    if report.failed:
        sys.exit(1)


def _tell_plan(plan: Plan, price: Price | None) -> None:
    _tell_unasked(plan)
    click.echo(f"articles   {plan.articles}")
    click.echo(f"requests   {plan.requests}  ({plan.kept} answers are kept)")
    click.echo(f"tokens     about {plan.sent} sent, {plan.answered} answered")
    if price:
        click.echo(f"cost       about {price.of(plan.sent, plan.answered)}")


def _tell_unasked(told: Plan | Report) -> None:
    """The pages and articles of which there is nothing, and why."""
    from kg.reading.files import readable

    for page in told.left:
        remark(f"{readable(page.name)}: left alone, its sidecar is another's or was changed; --replace writes it anew")
    for page, failed in told.failed:
        article = f" “{failed.name}”" * bool(failed.name)
        remark(f"{readable(page.name)}{article}: {failed.reason}")


def _tell(report: Report, price: Price | None) -> None:
    _tell_unasked(report)
    refused = report.refused.total()
    remark(f"{len(report.pages)} sidecars ({report.articles} articles): {report.facts} facts, {refused} refused")
    for cause, number in sorted(report.refused.items(), key=lambda each: (-each[1], each[0])):
        remark(f"  {number} refused: {cause}")
    cost = f", cost {price.of(report.sent, report.answered)}" if price else ""
    remark(f"{report.requests} requests: {report.sent} tokens sent, {report.answered} answered{cost}")
