import Objectives

/// The penalized likelihood of a logistic model, and its maximum.
struct LogisticLikelihood {
  /// The predictors of each row.
  let rows: [[Double]]
  let outcomes: [Double]
  let weights: [Double]
  /// The λ of each coefficient.
  let penalties: [Double]

  init(rows: [[Double]], outcomes: [Double], weights: [Double], penalties: [Double]) {
    requireSameCount(weights.count, outcomes.count, "weights and outcomes")
    requireFinite(weights, "weights")
    precondition(
      weights.allSatisfy { $0 >= 0 } && weights.contains { $0 > 0 }, "nothing has weight")
    self.rows = rows
    self.outcomes = outcomes
    self.weights = weights
    self.penalties = penalties
  }

  /// Where the likelihood is greatest, and the factored information −∂² log L there.
  struct Maximum {
    let point: [Double]
    let information: CholeskyFactor
    let iterations: Int
  }

  /// Newton's method with halved steps.
  ///
  /// It stops when a whole step moves no row's log odds by more than 10⁻⁸ of the largest:
  /// convergence is quadratic, so that what then remains is rounding. The gradient is no criterion:
  /// where rows are separable it vanishes, while every step still moves the log odds by about 1.
  func maximum(iterations limit: Int) throws(EvaluationError) -> Maximum {
    var point = [Double](repeating: 0, count: penalties.count)
    var loss = penalizedLoss(at: point)
    for iteration in 1...max(1, limit) {
      let (gradient, information) = derivatives(at: point)
      guard let factor = CholeskyFactor(information) else {
        throw iteration == 1 ? .collinear : .separable
      }
      let step = factor.solve(gradient)
      let change = rows.reduce(0) { max($0, abs(logOdds($1, step))) }
      let largest = rows.reduce(1) { max($0, abs(logOdds($1, point))) }
      if change <= 1e-8 * largest {
        point = zip(point, step).map { $0 - $1 }
        return Maximum(point: point, information: factor, iterations: iteration)
      }
      guard let (next, nextLoss) = descend(from: point, loss: loss, along: step) else { break }
      (point, loss) = (next, nextLoss)
    }
    throw penalties.allSatisfy { $0 == 0 }
      ? .separable : .notConverged(what: "A regression", iterations: limit)
  }

  /// The whole step if it does not increase the loss, otherwise a half, a quarter and so on; `nil`
  /// where not even a millionth of it helps.
  private func descend(
    from point: [Double], loss: Double, along step: [Double]
  ) -> (point: [Double], loss: Double)? {
    var part = 1.0
    while part > 1e-6 {
      let next = zip(point, step).map { $0 - part * $1 }
      let nextLoss = penalizedLoss(at: next)
      // Near the optimum the loss changes by less than it rounds, up as well as down.
      if nextLoss <= loss + 1e-12 * abs(loss) { return (next, nextLoss) }
      part /= 2
    }
    return nil
  }

  /// The weighted mean loss, without penalty.
  func meanLoss(at point: [Double]) -> Double {
    loss(at: point) / weights.reduce(0, +)
  }

  private func logOdds(_ row: [Double], _ point: [Double]) -> Double {
    var sum = 0.0
    for (predictor, coefficient) in zip(row, point) { sum += predictor * coefficient }
    return sum
  }

  /// −Σ w·(y·log σ(z) + (1 − y)·log σ(−z)) = Σ w·(softplus(z) − y·z).
  private func loss(at point: [Double]) -> Double {
    var sum = 0.0
    for (row, predictors) in rows.enumerated() {
      let z = logOdds(predictors, point)
      sum += weights[row] * (outcomes[row] * softplus(-z) + (1 - outcomes[row]) * softplus(z))
    }
    return sum
  }

  private func penalizedLoss(at point: [Double]) -> Double {
    zip(point, penalties).reduce(loss(at: point)) { $0 + $1.1 * $1.0 * $1.0 / 2 }
  }

  private func derivatives(at point: [Double]) -> (gradient: [Double], information: Matrix) {
    var gradient = zip(point, penalties).map { $0 * $1 }
    var information = Matrix(rows: point.count, columns: point.count)
    for index in point.indices { information[index, index] = penalties[index] }
    for (row, predictors) in rows.enumerated() {
      let z = logOdds(predictors, point)
      // σ(z) − y, written so that a row far on the right side still pulls: 1 − 1 would end the
      // iteration on separable rows as if they had an optimum.
      let error =
        weights[row] * ((1 - outcomes[row]) * sigmoid(z) - outcomes[row] * sigmoid(-z))
      for index in point.indices { gradient[index] += error * predictors[index] }
      information.addOuterProduct(
        of: predictors, times: weights[row] * sigmoid(z) * sigmoid(-z))
    }
    return (gradient, information)
  }
}
