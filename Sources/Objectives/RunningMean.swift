/// The mean of all numbers that came by so far.
///
/// Every number counts the same, however old it is, as in the `RunningMoments` of TRL 1.13.0.
///
///     var mean = RunningMean()
///     mean.add([1, 2])
///     mean.add([6])
///     mean.value  // 3
public struct RunningMean: Equatable, Codable, Sendable {
  /// The mean; 0 before the first number.
  public private(set) var value = 0.0
  /// How many numbers there were.
  public private(set) var count = 0

  /// The mean of no numbers.
  public init() {}

  /// Takes more numbers into the mean.
  ///
  /// - Parameter numbers: What came by, in any order.
  public mutating func add(_ numbers: [Double]) {
    guard !numbers.isEmpty else { return }
    let added = numbers.reduce(0, +) / Double(numbers.count)
    count += numbers.count
    value += (added - value) * (Double(numbers.count) / Double(count))
  }
}
