"""An extension of IPython."""


def load_ipython_extension(shell):
    """Register two magics."""
    print("extension loaded")
    shell.register_magic_function(lambda line: f"hello {line}", magic_name="greet")
    shell.register_magic_function(
        lambda line, cell: print(line.upper(), cell.upper()), "cell", "shout"
    )


def unload_ipython_extension(shell):
    """Take one away again."""
    print("extension unloaded")
    del shell.magics_manager.magics["line"]["greet"]
