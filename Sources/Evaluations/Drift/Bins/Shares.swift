/// Weights of categories divided by their sum. Traps where they are no weights: for two sides that
/// are compared, both have a weight for each category.
func comparableShares(
  _ reference: [Double], _ current: [Double]
) -> [(reference: Double, current: Double)] {
  requireSameCount(reference.count, current.count, "categories of the reference and current ones")
  let (first, second) = (shares(reference), shares(current))
  return zip(first, second).map { (reference: $0, current: $1) }
}

private func shares(_ weights: [Double]) -> [Double] {
  requireFinite(weights, "weights of categories")
  let sum = weights.reduce(0, +)
  precondition(
    weights.allSatisfy { $0 >= 0 } && sum > 0, "weights are at least 0, and one above it")
  return weights.map { $0 / sum }
}
