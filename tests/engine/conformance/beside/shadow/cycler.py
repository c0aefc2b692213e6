"""Has the name of a module that a warm process loads."""

WHERE = "beside the notebook"
