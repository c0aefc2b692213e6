"""Runs longer than the notebook that started it, but not for ever."""

import time

time.sleep(20)
