"""Cannot be imported."""

missing = {}["key"]
