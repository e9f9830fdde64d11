/// Why no model can have a shape.
public enum ModelShapeError: Error, Equatable, Sendable {
  /// A size that is too small or too large.
  case outOfRange(ModelShape.Size, Int)
  /// The heads would differ in width.
  case unevenHeads(width: Int, heads: Int)
  /// Rotary positions cannot turn the heads.
  case oddHeadWidth(width: Int, heads: Int)
  /// The query heads cannot share the key–value heads evenly.
  case unsharedHeads(heads: Int, keyValueHeads: Int)
  /// GPT-2 does not share key–value heads.
  case sharedHeadsOfGPT2(heads: Int, keyValueHeads: Int)
}

extension ModelShapeError: CustomStringConvertible {
  /// What was seen, what is allowed, and what to choose.
  public var description: String { sentence { $0.rawValue } }

  /// The same, with the sizes called what the user calls them.
  ///
  /// - Parameter name: What a size is called, for instance by its flag.
  /// - Returns: A sentence without a full stop.
  public func sentence(naming name: (ModelShape.Size) -> String) -> String {
    switch self {
    case .outOfRange(let size, let value):
      "\(name(size)) is \(value), but must be from \(size.allowed.lowerBound) to "
        + "\(size.allowed.upperBound)"
    case .unevenHeads(let width, let heads):
      "\(name(.width)) \(width) is no multiple of \(name(.heads)) \(heads); choose a width of "
        + "\(max(width / (2 * heads), 1) * 2 * heads), or other heads"
    case .oddHeadWidth(let width, let heads):
      "\(name(.width)) \(width) over \(name(.heads)) \(heads) gives heads of the odd width "
        + "\(width / heads), but rotary positions need an even one; choose a width of "
        + "\((width / heads + 1) * heads), or other heads"
    case .unsharedHeads(let heads, let keyValueHeads):
      "\(name(.heads)) \(heads) is no multiple of \(name(.keyValueHeads)) \(keyValueHeads), so that "
        + "they cannot be shared evenly; choose one of "
        + Self.list((1...heads).filter { heads % $0 == 0 }) + " for the latter"
    case .sharedHeadsOfGPT2(let heads, let keyValueHeads):
      "\(name(.keyValueHeads)) is \(keyValueHeads), but GPT-2 has as many as \(name(.heads)), "
        + "\(heads); leave it out, or choose another family"
    }
  }

  /// The first few, as a sentence lists them.
  private static func list(_ numbers: [Int]) -> String {
    let limit = 8
    let shown = numbers.prefix(limit).map(String.init).joined(separator: ", ")
    return numbers.count > limit ? "\(shown), …" : shown
  }
}
