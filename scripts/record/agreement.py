"""Records what other packages make of small tables of ratings, and mpmath of incomplete beta
functions, for EvaluationsTests.

    pip install numpy==1.26.4 scikit-learn==1.9.1 statsmodels==0.15.0 krippendorff==0.9.0 irrCAC==0.4.4 mpmath==1.4.1
    python scripts/record/agreement.py > Tests/EvaluationsTests/Fixtures/agreement.json
"""

import importlib.metadata
import itertools
import json

import krippendorff
import mpmath
import numpy
import pandas
from irrCAC.raw import CAC
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats import inter_rater

random = numpy.random.default_rng(7)
mpmath.mp.dps = 200


def noisy(items, annotators, scale, missing):
    """A row an item and a column an annotator, who errs by one step or at random; NaN for no value."""
    truth = random.integers(0, len(scale), items)
    slips = random.choice([-1, 0, 0, 0, 1], (items, annotators))
    codes = numpy.clip(truth[:, None] + slips, 0, len(scale) - 1)
    guesses = random.random((items, annotators)) < 0.15
    codes = numpy.where(guesses, random.integers(0, len(scale), (items, annotators)), codes)
    table = numpy.array(scale)[codes]
    table[random.random((items, annotators)) < missing] = numpy.nan
    return table


def several(scale, missing, annotators=4, items=40):
    table = noisy(items, annotators, [float(value) for value in scale], missing)
    gwet = CAC(pandas.DataFrame(table), digits=12).gwet()["est"]
    whole = table if missing == 0 else None
    return {
        "table": [[None if numpy.isnan(value) else value for value in row] for row in table],
        "alpha": {
            level: krippendorff.alpha(table.T, level_of_measurement=level)
            for level in ["nominal", "ordinal", "interval", "ratio"]
        },
        "percent": gwet["pa"],
        "ac1": gwet["coefficient_value"],
        "fleiss": None if whole is None else inter_rater.fleiss_kappa(inter_rater.aggregate_raters(whole)[0]),
    }


def two(scale, items=50):
    table = noisy(items, 2, [float(value) for value in scale], 0)
    codes = table.astype(int)
    return {
        "first": table[:, 0].tolist(),
        "second": table[:, 1].tolist(),
        "kappa": {
            name: cohen_kappa_score(codes[:, 0], codes[:, 1], labels=scale, weights=weights)
            for name, weights in [("plain", None), ("linear", "linear"), ("quadratic", "quadratic")]
        },
    }


def incomplete_betas():
    places = [(0.5, 0.5), (1, 9), (3, 2), (0.1, 30), (19, 71), (120, 80), (400, 350)]
    cases = []
    for (a, b), x in itertools.product(places, ["1e-6", "0.1", "0.25", "0.5", "0.9", "0.999"]):
        lower = mpmath.betainc(a, b, 0, mpmath.mpf(x), regularized=True)
        upper = mpmath.betainc(a, b, mpmath.mpf(x), 1, regularized=True)
        # Of a pair that adds to 1, mpmath's quadrature can lose the smaller one.
        if abs(lower + upper - 1) > mpmath.mpf("1e-180"):
            raise ValueError(f"{a} {b} {x}: {lower} and {upper}")
        # … and gives noise where it is below its 200 digits.
        if min(lower, upper) < mpmath.mpf("1e-180"):
            continue
        cases.append(
            {"a": a, "b": b, "x": float(x), "log_lower": float(mpmath.log(lower)), "log_upper": float(mpmath.log(upper))})
    return cases


def processes():
    """The one-sided e-value as a ratio of integrals over the prior, cut off below the bound."""
    cases = []
    for k, n, bound, a, b in [(18, 80, 0.1, 1, 9), (0, 50, 0.1, 1, 9), (7, 10, 0.25, 1, 1), (300, 1000, 0.25, 2, 5), (1, 3, 0.5, 1, 1)]:
        rho = mpmath.mpf(str(bound))
        prior = mpmath.betainc(a, b, rho, 1)
        posterior = mpmath.betainc(a + k, b + n - k, rho, 1)
        value = posterior / prior / rho**k / (1 - rho) ** (n - k)
        cases.append(
            {"successes": k, "failures": n - k, "bound": bound, "a": a, "b": b, "log_e": float(mpmath.log(value))})
    return cases


names = ["numpy", "scikit-learn", "statsmodels", "krippendorff", "irrCAC", "mpmath"]
recorded = {
    "versions": {name: importlib.metadata.version(name) for name in names},
    "several": [
        several([1, 2, 3], 0), several([1, 2, 3, 4, 5], 0.3), several([0.5, 2, 7, 30], 0.5, 6, 60),
        several([0, 1], 0.2, 3, 30),
    ],
    "two": [two([1, 2, 3, 4, 5]), two([0, 1]), two([1, 2, 3])],
    "incomplete_betas": incomplete_betas(),
    "processes": processes(),
}
print("{\n" + ",\n".join(f"  {json.dumps(name)}: {json.dumps(value)}" for name, value in recorded.items()) + "\n}")
