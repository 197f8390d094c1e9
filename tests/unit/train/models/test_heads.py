"""How much each group of features weighs in a fitted head."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from standpoint.model.span_features import column_groups
from train.config.model import EncoderModel
from train.models.heads import fit_head

LABELS = ("favor", "against", "none")
WIDTH = 5
MODEL = EncoderModel(
    kind="encoder", layers=(1,), holder=False, between=True, windows=(), products=False,
    signs=True, c=2.0, balanced=False,
)  # fmt: skip
N_COLUMNS = 3 * WIDTH + 25  # the last are the syntactic features
GROUPS = np.array(column_groups(MODEL.features(), n_columns=N_COLUMNS))
SHARES = {"sentence": 0.2, "target": 0.5, "between": 1.0, "signs": 0.3}
NEAR = 0.02  # how far apart two fits may end that both stop a little short of the best
# More columns than twice the rows are fitted another way.
N_ROWS = [pytest.param(90, id="many rows"), pytest.param(15, id="few rows")]


def shares_of(fitted, rows):
    return fitted.head.probabilities(fitted.logits(rows))


def rows_and_labels(n_rows, *, seed=0):
    rng = np.random.default_rng(seed)
    rows = rng.normal(size=(n_rows, N_COLUMNS)) * rng.uniform(0.1, 5, size=N_COLUMNS)
    rows += rng.normal(size=N_COLUMNS)
    y = np.array([LABELS[n % 3] for n in range(n_rows)])
    rows[:, 0] += 2.0 * (y == "favor")
    rows[:, -1] -= 2.0 * (y == "against")
    return rows.astype(np.float32), y


def fitted(model, rows, y):
    return fit_head(model, rows, y, labels=LABELS, seed=0)


def by_hand(rows, y, *, weights, c):
    """Probabilities of a regression on standard columns, each multiplied by its weight."""
    scaled = (rows - rows.mean(axis=0)) / rows.std(axis=0) * weights
    regression = LogisticRegression(C=c, max_iter=10_000, tol=1e-7, random_state=0).fit(scaled, y)
    order = [list(regression.classes_).index(label) for label in LABELS]
    return regression.predict_proba(scaled)[:, order]


def weights_of(shares):
    """What each column is multiplied by, so that the squares of a group sum to its share."""
    total = sum(shares.values())
    return np.array([np.sqrt(shares[g] / total / (g == GROUPS).sum()) for g in GROUPS])


@pytest.mark.parametrize("n_rows", N_ROWS)
def test_a_head_with_shares_is_one_fitted_on_columns_scaled_so(n_rows):
    rows, y = rows_and_labels(n_rows)
    head = fitted(MODEL.model_copy(update={"shares": SHARES, "c": 40.0}), rows, y)
    expected = by_hand(rows, y, weights=weights_of(SHARES), c=40.0)
    assert np.allclose(shares_of(head, rows), expected, atol=NEAR)
    alike = by_hand(rows, y, weights=np.full(N_COLUMNS, N_COLUMNS**-0.5), c=40.0)
    assert np.abs(alike - expected).max() > 3 * NEAR


@pytest.mark.parametrize("n_rows", N_ROWS)
def test_without_shares_all_columns_weigh_alike(n_rows):
    rows, y = rows_and_labels(n_rows)
    head = fitted(MODEL, rows, y)
    expected = by_hand(rows, y, weights=np.ones(N_COLUMNS), c=MODEL.c)
    assert np.allclose(shares_of(head, rows), expected, atol=NEAR)


def test_shares_that_follow_the_number_of_columns_are_none():
    rows, y = rows_and_labels(90)
    sizes = {str(group): float((group == GROUPS).sum()) for group in set(GROUPS)}
    plain = MODEL.model_copy(update={"c": 0.02})
    shared = plain.model_copy(update={"shares": sizes, "c": plain.c * N_COLUMNS})
    one, other = (shares_of(fitted(model, rows, y), rows) for model in (plain, shared))
    assert np.allclose(one, other, atol=NEAR)


def test_only_the_ratio_of_shares_counts():
    rows, y = rows_and_labels(90)
    doubled = {group: 2 * share for group, share in SHARES.items()}
    one, other = (
        shares_of(fitted(MODEL.model_copy(update={"shares": shares}), rows, y), rows)
        for shares in (SHARES, doubled)
    )
    assert np.allclose(one, other, atol=1e-5)


def test_a_group_without_a_share_weighs_next_to_nothing():
    rows, y = rows_and_labels(90)
    some = {"sentence": 0.5, "signs": 0.5}
    head = fitted(MODEL.model_copy(update={"shares": some, "c": 40.0}), rows, y)
    weight = np.abs(head.head.weights).max(axis=1) * rows.std(axis=0)
    left_out = ~np.isin(GROUPS, list(some))
    assert weight[left_out].max() < 1e-6 < weight[~left_out].max()
    strange = rows.copy()
    strange[:, left_out] = rows_and_labels(90, seed=1)[0][:, left_out]
    assert np.allclose(shares_of(head, strange), shares_of(head, rows), atol=1e-4)


def test_a_group_with_a_larger_share_weighs_more():
    rows, y = rows_and_labels(90)
    found = []
    for share in (0.01, 0.1, 0.9):
        shares = {"sentence": 1 - share, "target": 0.1, "between": 0.1, "signs": share}
        head = fitted(MODEL.model_copy(update={"shares": shares}), rows, y).head
        found.append(np.linalg.norm((head.weights * rows.std(axis=0)[:, None])[GROUPS == "signs"]))
    assert found == sorted(found)


@pytest.mark.parametrize("shares", [None, SHARES], ids=["alike", "shares"])
def test_a_column_that_never_varies_weighs_nothing(shares):
    rows, y = rows_and_labels(90)
    rows[:, 3] = 7.0
    head = fitted(MODEL.model_copy(update={"shares": shares}), rows, y).head
    assert not head.weights[3].any()
    assert np.isfinite(head.weights).all()
