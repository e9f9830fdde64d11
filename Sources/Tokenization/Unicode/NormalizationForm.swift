/// NFC and NFKC (Unicode Standard Annex 15), on UTF-8 bytes.
enum NormalizationForm: Sendable {
  /// NFC.
  case canonicalComposition
  /// NFKC.
  case compatibilityComposition

  /// The bit in `DecompositionTables.unsettled` of a code point that decomposes in this form, may
  /// compose with its predecessor, or has a combining class.
  var unsettledBit: UInt8 {
    switch self {
    case .canonicalComposition: 1
    case .compatibilityComposition: 2
    }
  }

  /// The normalized text.
  ///
  /// A settled code point is a boundary: nothing composes across its front. So a text is copied up
  /// to the first unsettled one, and only the stretch from the boundary before it to the boundary
  /// after it is decomposed, ordered and composed.
  ///
  /// - Parameter text: Valid UTF-8.
  /// - Returns: Valid UTF-8; the argument itself when nothing was unsettled.
  func normalize(_ text: [UInt8]) -> [UInt8] {
    let tables = DecompositionTables.recorded
    var output: [UInt8] = []
    var copied = 0
    var boundary = 0
    var index = 0
    while index < text.count {
      if text[index] < 0x80 {
        boundary = index
        index += 1
        continue
      }
      let (scalar, width) = text.scalar(at: index)
      if tables.unsettled[scalar] & unsettledBit == 0 {
        boundary = index
        index += width
        continue
      }
      var end = index + width
      while end < text.count {
        let (next, width) = text.scalar(at: end)
        if tables.unsettled[next] & unsettledBit == 0 { break }
        end += width
      }
      output += text[copied..<boundary]
      for scalar in normalize(text, boundary..<end, tables) { output.appendUTF8(of: scalar) }
      copied = end
      boundary = end
      index = end
    }
    if copied == 0 { return text }
    output += text[copied...]
    return output
  }

  /// Decomposes, orders and composes one stretch.
  private func normalize(
    _ text: [UInt8], _ range: Range<Int>, _ tables: DecompositionTables
  ) -> [UInt32] {
    var scalars: [UInt32] = []
    var index = range.lowerBound
    while index < range.upperBound {
      let (scalar, width) = text.scalar(at: index)
      tables.decompose(scalar, self, to: &scalars)
      index += width
    }
    order(&scalars, tables)
    return compose(scalars, tables)
  }

  /// The canonical ordering algorithm: marks of one run sorted by class, equal ones left in order.
  private func order(_ scalars: inout [UInt32], _ tables: DecompositionTables) {
    var start = 0
    while start < scalars.count {
      guard tables.combiningClass[scalars[start]] != 0 else {
        start += 1
        continue
      }
      var end = start + 1
      while end < scalars.count, tables.combiningClass[scalars[end]] != 0 { end += 1 }
      // Swift does not promise a stable sort; the offset keeps equal classes in order.
      let run = scalars[start..<end].enumerated().sorted {
        (tables.combiningClass[$0.element], $0.offset)
          < (tables.combiningClass[$1.element], $1.offset)
      }
      scalars.replaceSubrange(start..<end, with: run.map(\.element))
      start = end
    }
  }

  /// The canonical composition algorithm: each mark joins the last starter unless it is blocked.
  private func compose(_ scalars: [UInt32], _ tables: DecompositionTables) -> [UInt32] {
    var output: [UInt32] = []
    var starter: Int?
    var previousClass: UInt8 = 0
    for scalar in scalars {
      let scalarClass = tables.combiningClass[scalar]
      if let position = starter {
        let isAdjacent = position == output.count - 1
        if isAdjacent || previousClass < scalarClass,
          let composite = tables.composite(output[position], scalar)
        {
          output[position] = composite
          continue
        }
      }
      if scalarClass == 0 { starter = output.count }
      previousClass = scalarClass
      output.append(scalar)
    }
    return output
  }
}
