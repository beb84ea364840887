"""What scikit-learn says of the tables in a JSON file: `python sklearn_metrics.py TABLES` prints JSON."""

import json
import sys

import numpy as np
import sklearn
from sklearn import metrics


def share(value):
    return None if np.isnan(value) else float(value)


def pairs(*columns):
    return np.column_stack(columns).tolist()


def expected(table):
    bad = np.array([row["is_bad"] for row in table])
    found = np.array([row["is_found"] for row in table])
    score = np.array([row["score"] for row in table])
    weights = {"sample_weight": np.array([row["weight"] for row in table])}
    ratios = {**weights, "average": "binary", "zero_division": np.nan}
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(bad, found, **ratios)
    answer = dict.fromkeys(["roc", "pr", "det", "auc", "average_precision"])
    answer |= {"precision": share(precision), "recall": share(recall), "f1": share(f1)}
    if bad.any():
        precisions, recalls, _ = metrics.precision_recall_curve(bad, score, **weights)
        answer["pr"] = pairs(recalls[::-1], precisions[::-1])
        answer["average_precision"] = float(metrics.average_precision_score(bad, score, **weights))
    if bad.any() and not bad.all():
        answer["roc"] = pairs(*metrics.roc_curve(bad, score, drop_intermediate=False, **weights)[:2])
        fpr, fnr, _ = metrics.det_curve(bad, score, **weights)
        answer["det"] = pairs(fpr[::-1], fnr[::-1])
        answer["auc"] = float(metrics.roc_auc_score(bad, score, **weights))
    return answer


with open(sys.argv[1], encoding="utf-8") as file:
    tables = json.load(file)
json.dump({"scikit_learn": sklearn.__version__, "expected": [expected(table) for table in tables]}, sys.stdout)
