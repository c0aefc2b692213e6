"""What kernels of this profile begin with."""

c = get_config()  # noqa: F821
c.IPKernelApp.exec_lines = ["from_line = 7"]
