"""Where an open question has its answer delivered: known to the model, and to each response that asks one."""

ELICITED_INTENT, ELICITED_SLOT = "ComplaintIntent", "complaint"
"""The whole next sentence arrives here."""
