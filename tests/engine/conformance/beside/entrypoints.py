"""Has the name of an installed module."""

WHERE = "beside the notebook"
