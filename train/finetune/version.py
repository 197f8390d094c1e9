"""The version of the numbers that fine-tuning learns; a module of its own, without torch."""

# Part of the key of a fit. Raise it when the numbers that a fit learns change, in any file of this
# package; tests/golden holds the numbers of this version.
FINETUNE_VERSION: int = 1
