"""Fits the weights of the document locator: TRAITS in src/scene/document/locate/appraise.rs (which hypothesis is the
document) and the tables of src/scene/document/confidence.rs (whether the best one is right).

    cargo run --release --example evaluate_quads --no-default-features --features synth -- \\
        LABELS.csv... --no-document DIR... --hypotheses hypotheses.csv
    python3 tools/fit_quads.py rank hypotheses.csv         # then put the weights in, build, and write hypotheses.csv again
    python3 tools/fit_quads.py confidence hypotheses.csv

Needs numpy, scipy and scikit-learn. Prints scores of five-fold cross-validation by photo, then the weights.
"""

import csv
import sys

import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

SIMULATED_WEIGHT = 0.6  # of a simulated photo against a derived one
REAL_WEIGHT = 3.0  # of a real photo
ABSENT_WEIGHT = 2.0  # of a photo without a document where confidence is fitted
REAL = ("smartdoc15_frames", "doc_photos_quads", "flatcv_receipts")
DERIVED = ("composites", "cluttered", "pages", "crops", "flat")


def read(path, kind):
    rows = [row for row in csv.reader(open(path)) if row[0] == kind]
    photos = [(row[1], row[2]) for row in rows]
    jaccard = np.array([float(row[3]) for row in rows])
    values = np.nan_to_num(np.array([[float(cell) for cell in row[4:]] for row in rows]), posinf=3, neginf=-3)
    return photos, jaccard, values


def folds(photos, count=5):
    names = sorted(set(photos))
    of_photo = dict(zip(names, np.random.RandomState(0).randint(0, count, len(names))))
    return np.array([of_photo[photo] for photo in photos])


def rank(path):
    photos, jaccard, values = read(path, "h")
    scale = values.std(0) + 1e-6
    standard = (values - values.mean(0)) / scale
    order = {}
    for at, photo in enumerate(photos):
        order.setdefault(photo, []).append(at)
    # How right a hypothesis is: the weight it has in the likelihood.
    right = np.clip((jaccard - 0.4) / 0.58, 0, 1) ** 4 + 1e-9

    def weight(photo):
        return REAL_WEIGHT if photo[0] in REAL else 1.0 if photo[0] in DERIVED else SIMULATED_WEIGHT

    def fit(names):
        groups = [(np.array(order[name]), weight(name)) for name in names if jaccard[order[name]].max() > 0.6]

        def loss(beta):
            value, slope = 0.0, np.zeros_like(beta)
            for at, share in groups:
                score = standard[at] @ beta
                chance = np.exp(score - score.max())
                chance /= chance.sum()
                hit = chance * right[at]
                value -= share * np.log(hit.sum())
                slope -= share * standard[at].T @ (hit / hit.sum() - chance)
            return value / len(groups) + 0.01 * beta @ beta, slope / len(groups) + 0.02 * beta

        return minimize(loss, np.zeros(values.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x

    fold = folds(photos)
    chosen = {}
    for held in range(5):
        names = sorted({photo for photo, number in zip(photos, fold) if number != held})
        beta = fit(names)
        for name in sorted({photo for photo, number in zip(photos, fold) if number == held}):
            at = np.array(order[name])
            if jaccard[at].max() > 0:
                chosen[name] = (jaccard[at[np.argmax(standard[at] @ beta)]], jaccard[at].max())
    for group in sorted({name[0] for name in chosen}):
        found = np.array([pair for name, pair in chosen.items() if name[0] == group])
        print(f"{group}: n {len(found)}, mean Jaccard {found[:, 0].mean():.4f}, hits {(found[:, 0] >= 0.9).mean():.3f},"
              f" best possible {(found[:, 1] >= 0.9).mean():.3f}")
    for value in fit(sorted(order)) / scale:
        print(f"{value:.4g}")


def confidence(path):
    photos, jaccard, values = read(path, "d")
    mean, scale = values.mean(0), values.std(0) + 1e-6
    standard, right = (values - mean) / scale, jaccard >= 0.85
    clear = right | (jaccard < 0.6)
    weight = np.where(jaccard == 0, ABSENT_WEIGHT, 1.0)
    model = LogisticRegression(C=0.3, max_iter=2000)
    fold = folds(photos)
    chance = np.zeros(len(right))
    for held in range(5):
        train = (fold != held) & clear
        chance[fold == held] = model.fit(standard[train], right[train], weight[train]).predict_proba(standard[fold == held])[:, 1]
    print(f"right quads at 0.5 and more: {(chance[right] >= 0.5).mean():.3f}, wrong ones: {(chance[~right] >= 0.5).mean():.3f}")
    model.fit(standard[clear], right[clear], weight[clear])
    print(f"bias {model.intercept_[0] - (model.coef_[0] * mean / scale).sum():.4g}")
    for value in model.coef_[0] / scale:
        print(f"{value:.4g}")


if __name__ == "__main__":
    {"rank": rank, "confidence": confidence}[sys.argv[1]](sys.argv[2])
