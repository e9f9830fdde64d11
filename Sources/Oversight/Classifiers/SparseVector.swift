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

  /// A vector with a value at every place.
  ///
  /// - Parameter values: What stands at the places from 0 on.
  public init(dense values: [Double]) {
    self.init(places: Array(values.indices), values: values)
  }

  /// A vector of elements in the order of their places, those of one place added up.
  init(sorted elements: some Sequence<(place: Int, value: Double)>) {
    var places: [Int] = []
    var values: [Double] = []
    for (place, value) in elements {
      if place == places.last {
        values[values.count - 1] += value
      } else {
        places.append(place)
        values.append(value)
      }
    }
    self.init(places: places, values: values)
  }

  /// Σ vᵢ wᵢ.
  func dot(_ weights: [Double]) -> Double {
    precondition(places.last ?? -1 < weights.count, "\(weights.count) weights")
    return weights.withUnsafeBufferPointer { weights in
      var sum = 0.0
      for index in places.indices { sum += values[index] * weights[places[index]] }
      return sum
    }
  }

  /// Σ vᵢ wᵢ, for weights as they are kept in a file.
  func dot(_ weights: [Float]) -> Double {
    var sum = 0.0
    for index in places.indices { sum += values[index] * Double(weights[places[index]]) }
    return sum
  }

  /// Σ vᵢ wᵢ over the places that both have.
  func dot(_ other: SparseVector) -> Double {
    var sum = 0.0
    var (mine, theirs) = (0, 0)
    while mine < places.count, theirs < other.places.count {
      let (place, otherPlace) = (places[mine], other.places[theirs])
      if place == otherPlace { sum += values[mine] * other.values[theirs] }
      if place <= otherPlace { mine += 1 }
      if otherPlace <= place { theirs += 1 }
    }
    return sum
  }

  /// The vector with further places behind its own.
  func appending(_ elements: [(place: Int, value: Double)]) -> SparseVector {
    SparseVector(
      places: places + elements.map(\.place), values: values + elements.map(\.value))
  }

  /// Adds a multiple of the vector to another.
  func add(to weights: inout [Double], times factor: Double) {
    precondition(places.last ?? -1 < weights.count, "\(weights.count) weights")
    weights.withUnsafeMutableBufferPointer { weights in
      for index in places.indices { weights[places[index]] += factor * values[index] }
    }
  }

  /// The vector with its places renumbered in the same order.
  func renumbered(_ numbers: [Int]) -> SparseVector {
    SparseVector(places: places.map { numbers[$0] }, values: values)
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
