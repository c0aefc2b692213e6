"""How this profile prints numbers."""

c = get_config()  # noqa: F821
c.PlainTextFormatter.float_precision = "3"
