/// A vector of which most elements are 0.
public struct SparseVector: Sendable, Hashable {
  /// The places that are not 0, ascending.
  public let places: [Int]
  /// What stands there.
  public let values: [Double]

  /// A vector of counted places.
  ///
  /// - Parameter elements: What stands at each place.
  public init(_ elements: [Int: Double]) {
    places = elements.keys.sorted()
    values = places.map { elements[$0] ?? 0 }
  }

  /// Σ vᵢ wᵢ.
  func dot(_ weights: [Double]) -> Double {
    var sum = 0.0
    for index in places.indices { sum += values[index] * weights[places[index]] }
    return sum
  }

  /// Adds a multiple of the vector to another.
  func add(to weights: inout [Double], times factor: Double) {
    for index in places.indices { weights[places[index]] += factor * values[index] }
  }

  /// The same direction with length 1; a vector of zeros stays one.
  var normalized: SparseVector {
    let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard length > 0 else { return self }
    return SparseVector(places: places, values: values.map { $0 / length })
  }

  private init(places: [Int], values: [Double]) {
    (self.places, self.values) = (places, values)
  }
}
