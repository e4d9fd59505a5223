"""``flask hooks`` and ``flask trace``, which Flask's command line finds.

Flask imports this for each of its commands, so everything else is imported on use:
an import that fails then breaks only these two, and other commands stay fast.
"""

import json
from typing import Any

import click
from click.core import ParameterSource
from flask.cli import ScriptInfo, pass_script_info


@click.command("hooks", short_help="Show what is registered with the app.")
@click.argument("url", required=False)
@click.option(
    "-X", "--method", default="GET", help="With a URL: the method. GET if left out."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_script_info
def hooks(info: ScriptInfo, url: str | None, method: str, as_json: bool) -> None:
    """Show every function that is registered, in the order in which Flask calls it.

    With a URL, only those that apply to it. Also names WSGI middleware and the session
    interface. No request is made.
    """
    from . import listing
    from .loading import load
    from .printing import Printer
    from .sending import method_of, url_of

    loaded = load(info)
    method = method_of(method, loaded.apps)
    url = None if url is None else url_of(url)
    if as_json:
        told = listing.as_json(loaded, url, method)
        click.echo(json.dumps(told, indent=2))
    else:
        listing.show(Printer(), loaded, url, method)


class SeveralRequests(click.Command):
    """A command whose arguments are split at ``--next``: each part is a request."""

    of_request = ("method", "url", "headers", "cookies", "data")

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse each part; the last one sets the options that apply to all."""
        parts: list[list[str]] = [[]]
        for word in args:
            if word == "--next":
                parts.append([])
            else:
                parts[-1].append(word)
        if len(parts) > 1 and not all(parts):
            raise click.UsageError(
                "--next is between two requests, such as: GET / --next GET /orders/7",
                ctx,
            )
        rest = super().parse_args(ctx, parts[0])
        requests = [ctx.params]
        for part in parts[1:]:
            other = click.Context(self, info_name=ctx.info_name, parent=ctx.parent)
            super().parse_args(other, part)
            requests.append(other.params)
            for name in other.params.keys() - set(self.of_request):
                if other.get_parameter_source(name) is ParameterSource.COMMANDLINE:
                    ctx.params[name] = other.params[name]
        ctx.params["requests"] = [
            {name: params[name] for name in self.of_request} for params in requests
        ]
        for name in self.of_request:
            del ctx.params[name]
        return rest


@click.command(
    "trace", cls=SeveralRequests, short_help="Show what Flask does in a request."
)
@click.argument("method")
@click.argument("url")
@click.option(
    "-H", "--header", "headers", multiple=True, metavar="'NAME: VALUE'",
    help="Send this header. Can be given several times.",
)  # fmt: skip
@click.option(
    "-b", "--cookie", "cookies", multiple=True, metavar="NAME=VALUE",
    help="Put this cookie into the jar. Can be given several times.",
)  # fmt: skip
@click.option(
    "-d", "--data", multiple=True, metavar="DATA",
    help="Send this body, a form unless a header says otherwise; @FILE reads a file.",
)  # fmt: skip
@click.option(
    "--next", is_flag=True, expose_value=False,
    help="Start another request, which keeps the cookies.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--html", "report", metavar="FILE", type=click.Path(dir_okay=False),
    help="Write one file to read in a browser, offline.",
)  # fmt: skip
@click.option(
    "--fail-on-findings", is_flag=True, help="Exit with 1 if there are findings."
)
@pass_script_info
def trace(
    info: ScriptInfo, requests: list[dict[str, Any]], as_json: bool,
    report: str | None, fail_on_findings: bool,
) -> None:  # fmt: skip
    r"""Send a request to the app, in this process, and show what Flask does in it.

    The request is real: the app may change its database.

    \b
    flask --app shop trace GET /orders/7 -H 'Accept: text/html'
    flask --app shop trace POST /login -d user=ada --next GET /orders
    """
    from hookbook.trace.connections import Connections

    from . import tracing
    from .loading import load
    from .sending import Wanted, cookie_of, data_of, header_of, method_of, url_of

    with Connections() as connections:
        loaded = load(info)
    wanted = [
        Wanted(
            method_of(one["method"], loaded.apps),
            url_of(one["url"]),
            tuple(header_of(text) for text in one["headers"]),
            tuple(cookie_of(text) for text in one["cookies"]),
            data_of(one["data"]),
        )
        for one in requests
    ]
    output = tracing.Output(as_json, report, fail_on_findings)
    output.check()
    click.echo(
        "These requests are real: the application may change its data.", err=True
    )
    told = tracing.requests(loaded, wanted, connections, silent=as_json)
    tracing.finish(output, told)
