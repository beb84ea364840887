"""Fits the weights of the yaw of a head: WEIGHTS in src/scene/faces/yaw.rs.

    SIDES=sides.csv cargo run --release --no-default-features --features synth --example selfie_checks -- DATA
    python3 tools/fit_yaw.py sides.csv

Needs numpy. Ridge regression of the tangent of the angle, without a constant term: each picture stands for its mirrored copy as
well. Prints what held-out people's heads read, then the weights, which are scaled so that the median of held-out heads turned by
25 degrees is 25.
"""

import csv
import sys

import numpy as np

STRAIGHT_WEIGHT = 0.3  # of a picture of a head that looks straight ahead against one of a turned head
RIDGE = 0.05  # of the weights of standardised numbers
SCALED_AT = 25  # degrees


def read(path):
    rows = [row for row in csv.reader(open(path)) if float(row[3]) >= 0]
    people, kinds = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    return people, kinds, np.array([float(row[2]) for row in rows]), np.array([row[4:] for row in rows], float)


def fit(sides, degrees):
    weight = np.where(degrees == 0, STRAIGHT_WEIGHT, 1.0)
    spread = np.sqrt((sides**2 * weight[:, None]).sum(0) / weight.sum()) + 1e-9
    standard = sides / spread
    squares = (standard * weight[:, None]).T @ standard + RIDGE * weight.sum() * np.eye(sides.shape[1])
    return np.linalg.solve(squares, (standard * weight[:, None]).T @ np.tan(np.radians(degrees))) / spread


def main(path):
    people, kinds, degrees, sides = read(path)
    held_out = np.zeros(len(people))
    for person in np.unique(people):
        held_out[people == person] = sides[people == person] @ fit(sides[people != person], degrees[people != person])
    at = abs(degrees) == SCALED_AT
    scale = np.tan(np.radians(SCALED_AT)) / np.median(held_out[at] * np.sign(degrees[at]))
    read_as = np.degrees(np.arctan(scale * held_out))
    for angle in np.unique(abs(degrees)):
        some = abs(degrees) == angle
        along = read_as[some] * np.sign(degrees[some]) if angle else abs(read_as[some])
        quantiles = ", ".join(f"{value:.1f}" for value in np.quantile(along, [0.05, 0.5, 0.95]))
        print(f"{angle:3.0f} degrees: {some.sum()} pictures, sign right {np.mean(along > 0):.2f}, read 5 %, median, 95 %: {quantiles}")
    control = np.char.startswith(kinds, "control")
    print("controls, 90 %, 95 %, 99 %:", np.quantile(abs(read_as[control]), [0.9, 0.95, 0.99]).round(1))
    weights = [f"{weight:.3f}" for weight in scale * fit(sides, degrees)]
    for at in range(0, len(weights), 9):
        print("    " + ", ".join(weights[at : at + 9]) + ",")


main(sys.argv[1])
