"""A read-only site of a graph: search, things, articles, saved questions, SPARQL, IRIs that resolve.

`create_app` gives the ASGI application, `serve` runs it. `snapshot` holds what is shown, `views` and `app` the pages,
`asking` and `turns` the queries, `security` what stands before all. It needs the extra `serve`.
"""

from __future__ import annotations

from kg.serve.app import create_app
from kg.serve.running import serve
from kg.serve.settings import Settings, settings_of

__all__ = ["Settings", "create_app", "serve", "settings_of"]
