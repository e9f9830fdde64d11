/// The shape that tells the points of a series apart where colours do not: for the colour-blind, and on
/// paper.
enum ChartMark: Int, CaseIterable, Sendable {
  case circle, square, triangle, diamond, inverted, cross

  /// The shape of the series of that index. Six colours come round together, so that each round is one
  /// shape further: the seventh series has the first colour and the second shape.
  init(_ index: Int) {
    let shapes = Self.allCases
    self = shapes[(index + index / shapes.count) % shapes.count]
  }

  /// The corners around a place; none for a circle. Areas are about those of a circle of that radius.
  func corners(_ place: Drawing.Point, radius: Double) -> [Drawing.Point] {
    let unit: [(Double, Double)] =
      switch self {
      case .circle: []
      case .square: [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]
      case .triangle: [(0, -1.35), (1.2, 0.85), (-1.2, 0.85)]
      case .diamond: [(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)]
      case .inverted: [(0, 1.35), (1.2, -0.85), (-1.2, -0.85)]
      case .cross:
        [
          (-0.45, -1.25), (0.45, -1.25), (0.45, -0.45), (1.25, -0.45), (1.25, 0.45), (0.45, 0.45),
          (0.45, 1.25), (-0.45, 1.25), (-0.45, 0.45), (-1.25, 0.45), (-1.25, -0.45), (-0.45, -0.45),
        ]
      }
    return unit.map { (place.x + $0 * radius, place.y + $1 * radius) }
  }
}

extension Drawing {
  /// A shape that stands for a point, and shows `note` where a pointer rests on it.
  mutating func mark(
    _ mark: ChartMark, at place: Point, radius: Double, _ style: String, note: String? = nil
  ) {
    if mark == .circle { return dot(place, radius: radius, style, note: note) }
    path(mark.corners(place, radius: radius), style, isClosed: true, note: note)
  }
}
