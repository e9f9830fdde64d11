/// Decompositions, compositions and combining classes as the `tokenizers` library applies them.
///
/// Its NFC and NFKC follow an early Unicode version (characters younger than it stay as they are),
/// which Foundation's do not; so the tables are recorded from it. Hangul syllables follow the
/// arithmetic of section 3.12 of the Unicode Standard and are not in the tables.
struct DecompositionTables: Sendable {
  /// Canonical combining class of every code point.
  let combiningClass: ScalarTable
  /// Bits `NormalizationForm.unsettledBit`: the code points at which a text may have to change.
  let unsettled: ScalarTable

  private let canonical: [UInt32: [UInt32]]
  private let compatibility: [UInt32: [UInt32]]
  private let composites: [UInt64: UInt32]

  static let recorded = DecompositionTables()

  private init() {
    var pairs: [UInt32: [UInt32]] = [:]
    var canonical: [UInt32: [UInt32]] = [:]
    var composites: [UInt64: UInt32] = [:]
    let canonicalForm = NormalizationForm.canonicalComposition.unsettledBit
    let compatibilityForm = NormalizationForm.compatibilityComposition.unsettledBit
    let both = canonicalForm | compatibilityForm
    var unsettled: [(ClosedRange<UInt32>, UInt8)] = [
      (Hangul.vowels, both), (Hangul.trails, both),
    ]

    for entry in RecordedDecompositions.canonical.split(whereSeparator: \.isWhitespace) {
      let (scalar, parts) = Self.entry(entry.drop { $0 == "!" })
      if entry.first == "!" {
        canonical[scalar] = parts
        unsettled.append((scalar...scalar, both))
      } else {
        pairs[scalar] = parts
        composites[Self.key(parts[0], parts[1])] = scalar
        unsettled.append((parts[1]...parts[1], both))
      }
    }
    for (scalar, parts) in pairs {
      var full = parts
      while let first = full.first, let deeper = pairs[first] {
        full.replaceSubrange(0..<1, with: deeper)
      }
      canonical[scalar] = full
    }
    self.canonical = canonical
    self.composites = composites

    var compatibility: [UInt32: [UInt32]] = [:]
    for entry in RecordedDecompositions.compatibility.split(whereSeparator: \.isWhitespace) {
      let (scalar, parts) = Self.entry(entry)
      compatibility[scalar] = parts
      unsettled.append((scalar...scalar, compatibilityForm))
    }
    self.compatibility = compatibility

    var classes: [(ClosedRange<UInt32>, UInt8)] = []
    for entry in RecordedDecompositions.combiningClasses.split(whereSeparator: \.isWhitespace) {
      let parts = entry.split(separator: ":")
      classes.append((parts[1].scalarRange, UInt8(parts[0]) ?? 0))
      unsettled.append((parts[1].scalarRange, both))
    }
    combiningClass = ScalarTable(classes)
    self.unsettled = ScalarTable(unsettled)
  }

  /// Appends the full decomposition of a code point.
  func decompose(_ scalar: UInt32, _ form: NormalizationForm, to output: inout [UInt32]) {
    if let parts = Hangul.decomposition(of: scalar) {
      output += parts
    } else if form == .compatibilityComposition, let parts = compatibility[scalar] {
      output += parts
    } else if let parts = canonical[scalar] {
      output += parts
    } else {
      output.append(scalar)
    }
  }

  /// The code point that two compose to, if there is one.
  func composite(_ first: UInt32, _ second: UInt32) -> UInt32? {
    Hangul.composite(first, second) ?? composites[Self.key(first, second)]
  }

  private static func key(_ first: UInt32, _ second: UInt32) -> UInt64 {
    UInt64(first) << 32 | UInt64(second)
  }

  /// `C0=41.300` as a code point and its parts.
  private static func entry(_ text: Substring) -> (UInt32, [UInt32]) {
    let sides = text.split(separator: "=")
    return (sides[0].scalarValue, sides[1].split(separator: ".").map(\.scalarValue))
  }
}

/// The arithmetic of Hangul syllables (Unicode Standard, section 3.12).
enum Hangul {
  static let vowels: ClosedRange<UInt32> = 0x1161...0x1175
  static let trails: ClosedRange<UInt32> = 0x11A8...0x11C2
  private static let leads: ClosedRange<UInt32> = 0x1100...0x1112
  private static let syllables: ClosedRange<UInt32> = 0xAC00...0xD7A3
  private static let trailBase: UInt32 = 0x11A7

  static func decomposition(of scalar: UInt32) -> [UInt32]? {
    guard syllables.contains(scalar) else { return nil }
    let index = scalar - syllables.lowerBound
    let parts = [leads.lowerBound + index / 588, vowels.lowerBound + index % 588 / 28]
    return index % 28 == 0 ? parts : parts + [trailBase + index % 28]
  }

  static func composite(_ first: UInt32, _ second: UInt32) -> UInt32? {
    if leads.contains(first), vowels.contains(second) {
      let index = (first - leads.lowerBound) * 588 + (second - vowels.lowerBound) * 28
      return syllables.lowerBound + index
    }
    let isOpen =
      syllables.contains(first) && (first - syllables.lowerBound).isMultiple(of: 28)
    return isOpen && trails.contains(second) ? first + second - trailBase : nil
  }
}
