"""The command line (命令行): thin commands, one module each, loaded only when called.

A new command is a module ``tanhe/cli/<name>.py`` with a click command named ``command``, and a row in
``tanhe.cli.commands.COMMANDS``. A command returns its exit status (``None`` is 0), raises ``TanheError`` for
what the user can mend, and writes JSON with ``tanhe.cli.console.write_json``.
"""

from tanhe.cli.run import main

__all__ = ["main"]
