"""The `meetsched` command, which loads a subcommand's module only when it is needed."""

from importlib import import_module

import click

from meetsched import __version__

COMMANDS = (
    "init",
    "convert",
    "check",
    "busy",
    "solve",
    "resolve",
    "explain",
    "why",
    "alternatives",
    "resilience",
    "shares",
    "verify",
    "export",
    "invite",
    "publish",
    "diff",
    "serve",
)
"""In the order in which a newcomer needs them; each is a module of its name in `commands`."""


class LazyGroup(click.Group):
    """A group whose subcommands are modules, imported on first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands' names in the order in which help shows them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"meetsched.cli.commands.{cmd_name}")
        command: click.Command = module.command
        return command


@click.command(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: meetsched init my-town && meetsched solve my-town/starter.yaml -o my-town/plan",
)
@click.version_option(__version__, prog_name="meetsched", message="%(prog)s %(version)s")
def app() -> None:
    """Plan a quarter of networking meetings for small firms: proven best, and verified.

    Exit codes: 0 done; 1 a bug; 2 wrong usage or an output folder that cannot be written; 3 bad data;
    4 proven to have no plan; 5 no plan found in time; 6 verify found broken rules; 130 interrupted.
    """
