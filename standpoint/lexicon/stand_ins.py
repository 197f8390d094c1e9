"""Names that stand for actors in masked sentences."""

# Eight of a kind: a guess at how many actors of one kind a sentence names at most.
STAND_INS = {
    "person": ("Smith", "Jones", "Brown", "Taylor", "Wilson", "Davis", "Clark", "Lewis"),
    "state": ("Norway", "Chile", "Kenya", "Nepal", "Peru", "Ghana", "Laos", "Malta"),
    "organisation": ("Acme", "Delta", "Omega", "Sigma", "Alpha", "Zeta", "Kappa", "Gamma"),
}
STAND_INS["group"] = STAND_INS["organisation"]
