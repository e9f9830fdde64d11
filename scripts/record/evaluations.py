"""Records what SciPy, scikit-learn and statsmodels make of small data for EvaluationsTests.

    pip install numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1 statsmodels==0.15.0
    python scripts/record/evaluations.py > Tests/EvaluationsTests/Fixtures/statistics.json

Where no library has the quantity it is worked out from its definition: all pairs, all subsets, a
general minimizer on the written-out likelihood.
"""

import itertools
import json

import numpy
import scipy
import sklearn
import statsmodels
from scipy import optimize, special, stats
from sklearn import covariance, linear_model, metrics
from statsmodels import api
from statsmodels.stats import multitest, proportion

random = numpy.random.default_rng(20)


def proportions():
    cases = []
    for successes, count, level in [(0, 10, 0.95), (7, 10, 0.95), (10, 10, 0.99), (146, 256, 0.95), (1, 1, 0.5)]:
        interval = stats.binomtest(successes, count).proportion_ci(level, method="wilson")
        cases.append({"successes": successes, "count": count, "level": level, "lower": interval.low, "upper": interval.high})
    return cases


def signs():
    return [
        {
            "positives": a, "negatives": b,
            "two_sided": stats.binomtest(a, a + b).pvalue if a + b else 1.0,
            "positive": stats.binomtest(a, a + b, alternative="greater").pvalue if a + b else 1.0,
        }
        for a, b in [(0, 0), (1, 0), (5, 5), (8, 2), (2, 8), (60, 41), (1200, 1050)]
    ]


def binomials():
    return [
        {"trials": n, "probability": p, "successes": k, "at_least": stats.binom.sf(k - 1, n, p), "at_most": stats.binom.cdf(k, n, p)}
        for n, p, k in [(5, 0.5, 4), (10, 0.5, 8), (10, 0.75, 8), (2000, 0.3, 650), (20, 0.01, 0)]
    ]


def score_tests():
    cases = []
    for wins, count in [(60, 100), (40, 100), (531, 1000), (50, 100)]:
        cases.append({"wins": wins, "count": count, "p": proportion.proportions_ztest(wins, count, 0.5, prop_var=0.5)[1]})
    return cases


def holm():
    p = [0.01, 0.04, 0.03, 0.005, 0.04, 1.0]
    return {"p": p, "adjusted": multitest.multipletests(p, method="holm")[1].tolist()}


def columns():
    """Two columns with ties, a control, and all that relates them."""
    n = 60
    control = random.normal(size=n).round(1)
    x = (control + random.normal(size=n)).round(1)
    y = (0.5 * control + 0.4 * x + random.normal(size=n)).round(1)
    ordinary = api.OLS(y, api.add_constant(numpy.stack([x, control], 1))).fit()
    residual = [api.OLS(column, api.add_constant(control)).fit().resid for column in (x, y)]
    pairs = list(itertools.combinations(range(n), 2))
    signs = [numpy.sign((x[i] - x[j]) * (y[i] - y[j])) for i, j in pairs]
    probabilities = [0, 0.025, 0.1, 0.5, 0.77, 1]
    return {
        "x": x.tolist(), "y": y.tolist(), "control": control.tolist(),
        "pearson": stats.pearsonr(x, y)[0], "spearman": stats.spearmanr(x, y)[0],
        "partial": stats.pearsonr(*residual)[0],
        "tau_a": float(numpy.sum(signs)) / len(pairs), "tau_b": stats.kendalltau(x, y, variant="b")[0],
        "probabilities": probabilities, "quantiles": numpy.quantile(x, probabilities).tolist(),
        "sample_variance": x.var(ddof=1), "population_variance": x.var(),
        "coefficients": ordinary.params.tolist(), "standard_errors": ordinary.bse.tolist(), "r_squared": ordinary.rsquared,
    }


def logistic():
    n = 80
    features = numpy.stack([random.normal(size=n).round(2), (3 * random.normal(size=n)).round(1)], 1)
    outcome = (random.random(n) < special.expit(0.4 + features @ [0.8, -0.3])).astype(float)
    plain = api.Logit(outcome, api.add_constant(features)).fit(disp=0, tol=1e-12, maxiter=100)
    bare = api.Logit(outcome, features).fit(disp=0, tol=1e-12, maxiter=100)
    ridge = linear_model.LogisticRegression(C=1 / 0.7, tol=1e-12, max_iter=10000, solver="newton-cholesky").fit(features, outcome)
    first = features[:, 0]
    separable = linear_model.LogisticRegression(C=1, tol=1e-12, max_iter=10000, solver="newton-cholesky", fit_intercept=True)
    separable.fit(first[:, None], first > 0)
    return {
        "features": features.T.tolist(), "outcome": outcome.tolist(),
        "plain": {"coefficients": plain.params.tolist(), "standard_errors": plain.bse.tolist(), "loss": -plain.llf / n},
        "bare": {"coefficients": bare.params.tolist(), "standard_errors": bare.bse.tolist(), "loss": -bare.llf / n},
        "ridge_l2": 0.7, "ridge": [float(ridge.intercept_[0]), *ridge.coef_[0].tolist()],
        "separable": [float(separable.intercept_[0]), float(separable.coef_[0, 0])],
    }


def calibration():
    margins = (1.5 * random.normal(size=200) + 1).round(3)
    confidence, correct = special.expit(abs(margins)), margins > 0
    # The event is "the model was right", which it states with probability `confidence`.
    fit = optimize.minimize_scalar(lambda s: numpy.logaddexp(0, -s * margins).mean(), bracket=(0.1, 1), tol=1e-14)
    return {
        "margins": margins.tolist(),
        "brier": metrics.brier_score_loss(correct, confidence), "loss": metrics.log_loss(correct, confidence),
        "temperature": 1 / fit.x, "fitted_loss": fit.fun,
    }


def votes():
    """Bradley–Terry with a penalty, alone and with styles, by a general minimizer."""
    n, items, styles, penalty = 150, 4, 2, 0.5
    pairs = numpy.array([random.choice(items, 2, replace=False) for _ in range(n)])
    counts = random.poisson(20, size=(n, 2, styles)).astype(float)
    outcome = random.choice([0, 0.5, 1], size=n, p=[0.35, 0.15, 0.5])
    design = numpy.zeros((n, items))
    design[numpy.arange(n), pairs[:, 0]] += 1
    design[numpy.arange(n), pairs[:, 1]] -= 1
    style = (counts[:, 0] - counts[:, 1]) / (counts[:, 0] + counts[:, 1] + 1)
    style = (style - style.mean(0)) / style.std(0)

    def fit(design):
        def loss(point):
            z = design @ point
            value = (outcome * numpy.logaddexp(0, -z) + (1 - outcome) * numpy.logaddexp(0, z)).sum() + penalty / 2 * point @ point
            return value, design.T @ (special.expit(z) - outcome) + penalty * point

        return optimize.minimize(loss, numpy.zeros(design.shape[1]), jac=True, method="BFGS", options={"gtol": 1e-10}).x

    return {
        "pairs": pairs.tolist(), "outcomes": outcome.tolist(), "first": counts[:, 0].tolist(), "second": counts[:, 1].tolist(),
        "l2": penalty, "strengths": fit(design).tolist(), "controlled": fit(numpy.hstack([design, style])).tolist(),
    }


def rankings():
    """Plackett–Luce on rankings of two to four of five items, by a general minimizer."""
    items = 5
    truth = numpy.array([1.0, 0.5, 0, -0.5, -1])
    orders = []
    for _ in range(60):
        members = random.choice(items, random.integers(2, 5), replace=False)
        keys = truth[members] + random.gumbel(size=len(members))
        orders.append(members[numpy.argsort(-keys)].tolist())

    def loss(point):
        return sum(special.logsumexp(point[order[k:]]) - point[order[k]] for order in orders for k in range(len(order) - 1))

    point = optimize.minimize(loss, numpy.zeros(items), method="BFGS", options={"gtol": 1e-9}).x
    return {"rankings": orders, "strengths": (point - point.mean()).tolist()}


def annotators():
    """Dawid–Skene of three classes with missing labels, in plain array operations."""
    items, people, classes = 12, 5, 3
    truth = random.integers(classes, size=items)
    labels = numpy.where(random.random((items, people)) < 0.7, truth[:, None], random.integers(classes, size=(items, people)))
    labels[random.random((items, people)) < 0.2] = -1
    given = numpy.stack([labels == label for label in range(classes)], 2).astype(float)
    posterior = given.sum(1) / given.sum((1, 2))[:, None]
    for _ in range(5000):
        shares = posterior.sum(0) + 1
        shares /= shares.sum()
        confusion = numpy.einsum("ik,irl->rkl", posterior, given) + 1 + numpy.eye(classes)
        confusion /= confusion.sum(2, keepdims=True)
        score = numpy.log(shares) + numpy.einsum("irl,rkl->ik", given, numpy.log(confusion))
        posterior = special.softmax(score, 1)
    return {"labels": labels.tolist(), "posteriors": posterior.tolist(), "shares": shares.tolist(), "confusions": confusion.tolist()}


def distances():
    vectors = (random.normal(size=(40, 6)) @ random.normal(size=(6, 6))).round(3)
    queries = random.normal(size=(5, 6)).round(3) * 3
    shrunk = covariance.LedoitWolf().fit(vectors)
    plain = covariance.EmpiricalCovariance().fit(vectors)
    few = covariance.LedoitWolf().fit(vectors[:4])
    fixed = covariance.ShrunkCovariance(shrinkage=0.3).fit(vectors)
    return {
        "vectors": vectors.tolist(), "queries": queries.tolist(), "shrinkage": shrunk.shrinkage_,
        "shrunk": numpy.sqrt(shrunk.mahalanobis(queries)).tolist(), "plain": numpy.sqrt(plain.mahalanobis(queries)).tolist(),
        "fixed": numpy.sqrt(fixed.mahalanobis(queries)).tolist(),
        "few_shrinkage": few.shrinkage_, "few": numpy.sqrt(few.mahalanobis(queries)).tolist(),
    }


def curve():
    positives, negatives = (random.normal(size=30) + 0.7).round(1), random.normal(size=40).round(1)
    labels = numpy.r_[numpy.ones(30), numpy.zeros(40)]
    above = (positives[:, None] > negatives) + 0.5 * (positives[:, None] == negatives)
    error = numpy.sqrt(above.mean(1).var(ddof=1) / 30 + above.mean(0).var(ddof=1) / 40)
    return {
        "positives": positives.tolist(), "negatives": negatives.tolist(),
        "area": metrics.roc_auc_score(labels, numpy.r_[positives, negatives]), "standard_error": float(error),
    }


def best_of_n():
    """All subsets; the best is drawn at random among equals."""
    proxy, gold = random.normal(size=8).round(1), random.normal(size=8).round(2)
    proxy[3] = proxy[5] = proxy[0]
    expected = []
    for n in range(1, 9):
        subsets = [numpy.array(subset) for subset in itertools.combinations(range(8), n)]
        expected.append(float(numpy.mean([gold[s][proxy[s] == proxy[s].max()].mean() for s in subsets])))
    return {"proxy": proxy.tolist(), "gold": gold.tolist(), "expected": expected}


record = {
    "versions": {module.__name__: module.__version__ for module in (numpy, scipy, sklearn, statsmodels)},
    "normal_quantiles": {str(level): stats.norm.ppf((1 + level) / 2) for level in (0.5, 0.9, 0.95, 0.99, 0.999999)},
}
for part in (
    proportions, signs, binomials, score_tests, holm, columns, logistic, calibration, votes, rankings, annotators, distances, curve,
    best_of_n,
):
    record[part.__name__] = part()


def plain(value):
    """NumPy's numbers as Python's, which json can write."""
    return value.item() if isinstance(value, numpy.generic) else value


body = ",\n".join(f"  {json.dumps(key)}: {json.dumps(value, default=plain)}" for key, value in record.items())
print(f"{{\n{body}\n}}")
