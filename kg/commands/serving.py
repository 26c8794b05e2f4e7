"""`kg serve`: the graph as a site."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands.common import NumberRange, graph_option, remark
from kg.errors import UserError


@click.command()
@graph_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port to listen at.")
@click.option("--base", metavar="URL", default="", help="Address by which others know the site, behind a proxy.")
@click.option("--public", is_flag=True, help="Limit what each client may take, and let pages elsewhere ask (CORS).")
@click.option(
    "--timeout", metavar="SECONDS", type=NumberRange(min=0.1, max=86400),
    help="Give up on a query after so long.  [default: 30; 10 with --public]",
)  # fmt: skip
@click.option(
    "--memory", metavar="MB", type=click.IntRange(256, 1_000_000_000),
    help="Give up on a query beyond so much memory.  [default: 1024; 512 with --public]",
)  # fmt: skip
@click.option(
    "--rate", metavar="N", type=click.IntRange(1, 1_000_000),
    help="Requests a minute of each client.  [default: any number; 120 with --public]",
)  # fmt: skip
@click.option(
    "--lang", "language", type=click.Choice(["en", "zh"]), default=None,
    help="Of the pages, unless a reader chooses.  [default: as the browser asks]",
)  # fmt: skip
def serve(  # noqa: PLR0917 - click gives them by name
    graph: Path,
    host: str,
    port: int,
    base: str,
    timeout: float | None,
    memory: int | None,
    rate: int | None,
    language: str | None,
    *,
    public: bool,
) -> None:
    """Show the graph as a read-only site, on this machine alone unless --host says otherwise.

    Search, a page for each thing and article, the saved questions, SPARQL at /sparql. The site follows the builds of
    its graph. It needs the extra serve: pip install 'kg-governance[serve]'.
    """
    try:
        from kg.serve import serve as run
        from kg.serve import settings_of
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("kg"):
            raise
        raise UserError(f"{error.name} is missing: pip install 'kg-governance[serve]'") from None
    chosen = settings_of(
        base, public=public, language=language or "", host=host, seconds=timeout, megabytes=memory, per_minute=rate
    )
    run(graph, chosen, host, port, lambda address: remark(f"{graph}: {address} (Ctrl-C ends it)"))
