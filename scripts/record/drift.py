"""Records what SciPy and scikit-learn make of small samples for the drift tests of EvaluationsTests.

    pip install numpy==2.4.6 scipy==1.16.3 scikit-learn==1.9.1
    python scripts/record/drift.py > Tests/EvaluationsTests/Fixtures/drift.json

Where no library has the quantity it is worked out from its definition: all exchanges of rows, all pairs,
the integral equation of a run length.
"""

import importlib.metadata
import itertools
import json

import numpy
from scipy import linalg, spatial, special, stats
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

random = numpy.random.default_rng(9)


def chi_squares():
    places = [(1, 3.841), (1, 1e-8), (3, 0.5), (9, 16.919), (9, 90.0), (40, 30.0), (40, 41.0), (500, 620.0)]
    return {
        "tails": [{"degrees": k, "value": x, "tail": stats.chi2.sf(x, k)} for k, x in places],
        "quantiles": [
            {"degrees": k, "probability": p, "value": stats.chi2.ppf(p, k)}
            for k, p in itertools.product([1, 2, 9, 99], [0.01, 0.5, 0.95, 0.999])
        ],
    }


def gaps():
    """Distances of samples on the line, with and without ties."""
    samples = [
        (numpy.arange(1, 9), numpy.array([2, 3, 5, 6, 8, 9, 10, 11])),
        (random.normal(size=30).round(6), (random.normal(size=45) + 0.6).round(6)),
        (random.normal(size=12).round(6), (3 * random.normal(size=7)).round(6)),
        (random.normal(size=150).round(6), (random.normal(size=90) + 1.5).round(6)),
        (random.integers(1, 6, 9), random.integers(2, 6, 7)),
    ]
    cases = []
    for x, y in samples:
        x, y = x.astype(float), y.astype(float)
        test = stats.ks_2samp(x, y, method="exact")
        distance = stats.wasserstein_distance(x, y)
        cases.append({
            "reference": x.tolist(), "current": y.tolist(), "statistic": test.statistic, "p": test.pvalue,
            "exchanged": exchanged(x, y) if len(x) + len(y) <= 16 else None,
            "wasserstein": distance, "normalized": distance / x.std(),
        })
    return cases


def exchanged(x, y):
    """The share of all exchanges of rows with at least this D."""
    rows, places = numpy.concatenate([x, y]), numpy.unique(numpy.concatenate([x, y]))

    def gap(chosen):
        rest = numpy.delete(rows, chosen)
        first = (rows[list(chosen)][:, None] <= places).sum(0) * len(y)
        second = (rest[:, None] <= places).sum(0) * len(x)
        return abs(first - second).max()

    seen = gap(range(len(x)))
    reached = [gap(chosen) >= seen for chosen in itertools.combinations(range(len(rows)), len(x))]
    return float(numpy.mean(reached))


def limits():
    """Kolmogorov's limit for n equal steps against the same steps moved by so many."""
    return [
        {"count": n, "moved": k, "p": special.kolmogorov(numpy.sqrt(n / 2) * k / n)}
        for n, k in [(1001, 5), (1001, 20), (1001, 45), (1001, 61), (2000, 80), (2000, 300)]
    ]


def rates():
    cases = []
    for a, n, b, m in [(12, 400, 31, 400), (60, 200, 41, 180), (200, 1000, 150, 1000), (5, 10, 5, 10)]:
        cases.append({"counts": [a, n, b, m], "p": stats.chi2_contingency([[a, n - a], [b, m - b]], correction=False).pvalue})
    exact = []
    for a, n, b, m in [(0, 50, 6, 50), (1, 20, 5, 12), (3, 9, 3, 9), (9, 10, 40, 60), (0, 5, 0, 9), (0, 400, 4, 100)]:
        exact.append({"counts": [a, n, b, m], "p": stats.fisher_exact([[a, n - a], [b, m - b]]).pvalue})
    return {"score": cases, "exact": exact}


def shares():
    cases = []
    for r, c in [([25, 25, 25, 25], [40, 30, 20, 10]), ([3, 0, 9, 1], [5, 2, 0, 1]), ([7, 2], [7, 2])]:
        p, q = numpy.array(r) / sum(r), numpy.array(c) / sum(c)
        cases.append({
            "reference": r, "current": c, "jensen_shannon": spatial.distance.jensenshannon(r, c),
            "total_variation": spatial.distance.cityblock(p, q) / 2,
            "hellinger": spatial.distance.euclidean(numpy.sqrt(p), numpy.sqrt(q)) / numpy.sqrt(2),
        })
    return cases


def vectors():
    """Samples of vectors: MMD by all pairs, the Fréchet distance by SciPy's matrix square root, the area by scikit-learn."""
    cases = []
    for n, m, d in [(20, 30, 3), (12, 9, 1), (25, 25, 6)]:
        x = random.normal(size=(n, d)).round(4)
        y = (random.normal(size=(m, d)) @ random.normal(size=(d, d)) + 0.4).round(4)
        rows = numpy.concatenate([x, y])
        gamma = 1 / numpy.median(spatial.distance.pdist(rows)) ** 2
        kernel = numpy.exp(-gamma * spatial.distance.cdist(rows, rows, "sqeuclidean"))
        within = [kernel[:n, :n], kernel[n:, n:]]
        mmd = sum((k.sum() - len(k)) / (len(k) * (len(k) - 1)) for k in within) - 2 * kernel[:n, n:].mean()
        one, other = numpy.atleast_2d(numpy.cov(x.T)), numpy.atleast_2d(numpy.cov(y.T))
        root = numpy.trace(linalg.sqrtm(one @ other)).real
        shift = x.mean(0) - y.mean(0)
        scaled = (rows - rows.mean(0)) / rows.std(0)
        labels = numpy.r_[numpy.zeros(n), numpy.ones(m)]
        folds = numpy.r_[numpy.arange(n), numpy.arange(m)] % 5
        areas = []
        for fold in range(5):
            model = fitted(scaled[folds != fold], labels[folds != fold])
            areas.append(roc_auc_score(labels[folds == fold], model.decision_function(scaled[folds == fold])))
        cases.append({
            "reference": x.tolist(), "current": y.tolist(), "gamma": gamma, "mmd": mmd,
            "frechet": shift @ shift + numpy.trace(one) + numpy.trace(other) - 2 * root,
            "area": float(numpy.mean(areas)), "coefficients": fitted(scaled, labels).coef_[0].tolist(),
        })
    return cases


def fitted(rows, labels):
    return LogisticRegression(C=1, tol=1e-12, max_iter=10000, solver="newton-cholesky").fit(rows, labels)


def run_lengths():
    """Mean run lengths of one-sided sums from 0, by the integral equation of Page (1954) at Gauss's nodes."""
    cases = []
    for k, h, shift in [(0.5, 5, 0), (0.5, 5, 1), (0.5, 4, 0), (0.25, 5, 0.5), (0.5, 5, -1)]:
        nodes, weights = numpy.polynomial.legendre.leggauss(80)
        nodes, weights = (nodes + 1) * h / 2, weights * h / 2
        # Where the sum is, 0 first; where it goes.
        places = numpy.r_[0, nodes]
        kernel = stats.norm.pdf(nodes + k - places[:, None] - shift) * weights
        to_zero = stats.norm.cdf(k - places - shift)
        system = numpy.eye(len(places)) - numpy.column_stack([to_zero, kernel])
        cases.append({"slack": k, "threshold": h, "shift": shift, "length": numpy.linalg.solve(system, numpy.ones(len(places)))[0]})
    return cases


record = {"versions": {name: importlib.metadata.version(name) for name in ("numpy", "scipy", "scikit-learn")}}
for part in (chi_squares, gaps, limits, rates, shares, vectors, run_lengths):
    record[part.__name__] = part()


def plain(value):
    """NumPy's numbers as Python's, which json can write."""
    return value.item() if isinstance(value, numpy.generic) else value


body = ",\n".join(f"  {json.dumps(key)}: {json.dumps(value, default=plain)}" for key, value in record.items())
print(f"{{\n{body}\n}}")
