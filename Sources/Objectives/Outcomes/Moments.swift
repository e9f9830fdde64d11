/// The mean and the spread of some numbers.
struct Moments {
  /// How many there are.
  let count: Int
  /// Their mean; 0 for none.
  let mean: Double
  /// Their unbiased variance, divided by one less than their number; 0 for fewer than two.
  let variance: Double

  /// Looks at some numbers, in two passes: the differences from the mean keep their digits.
  init(_ numbers: some Collection<Double>) {
    count = numbers.count
    let mean = numbers.reduce(0, +) / Double(max(1, count))
    self.mean = mean
    variance =
      count < 2
      ? 0 : numbers.reduce(into: 0) { $0 += ($1 - mean) * ($1 - mean) } / Double(count - 1)
  }

  /// The square root of the variance.
  var standardDeviation: Double { variance.squareRoot() }
}
