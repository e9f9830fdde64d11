/// One small number for every code point, in two levels: pages of 256, equal pages kept once.
///
/// The first page always lies first, so that ASCII needs no look-up of its page.
struct ScalarTable: Sendable {
  private let pageStarts: [UInt32]
  private let values: [UInt8]

  /// Builds the table.
  ///
  /// - Parameter assignments: Values for ranges of code points; the bits of overlapping ones add
  ///   up. Everything else is 0.
  init(_ assignments: [(range: ClosedRange<UInt32>, value: UInt8)]) {
    var pages: [Int: [UInt8]] = [0: Array(repeating: 0, count: 256)]
    for (range, value) in assignments {
      for scalar in range {
        pages[Int(scalar >> 8), default: Array(repeating: 0, count: 256)][Int(scalar & 255)] |=
          value
      }
    }
    var starts: [[UInt8]: Int] = [:]
    var values: [UInt8] = []
    let empty: [UInt8] = Array(repeating: 0, count: 256)
    pageStarts = (0..<0x1100).map { number in
      let page = pages[number] ?? empty
      if let start = starts[page] { return UInt32(start) }
      starts[page] = values.count
      values += page
      return UInt32(values.count - 256)
    }
    self.values = values
  }

  /// The value of an ASCII character.
  @inline(__always)
  subscript(ascii byte: UInt8) -> UInt8 { values[Int(byte)] }

  /// The value of a code point.
  @inline(__always)
  subscript(scalar: UInt32) -> UInt8 {
    values[Int(pageStarts[Int(scalar >> 8)]) + Int(scalar & 255)]
  }
}

extension Substring {
  /// `C0` or `C0-C5` as a range of code points.
  ///
  /// - Precondition: Only for the recorded tables, which are of this form.
  var scalarRange: ClosedRange<UInt32> {
    let ends = split(separator: "-").map(\.scalarValue)
    return ends[0]...ends[ends.count - 1]
  }

  /// `C0` as a code point.
  ///
  /// - Precondition: Only for the recorded tables, which are of this form.
  var scalarValue: UInt32 {
    guard let value = UInt32(self, radix: 16) else {
      preconditionFailure("not a code point: \(self)")
    }
    return value
  }
}
