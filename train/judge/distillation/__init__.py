"""Distillation: a trained judge answers for units, and another one learns its probabilities.

References
----------
Hinton et al. (2015), Distilling the knowledge in a neural network.
"""
