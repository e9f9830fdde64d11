internal import Foundation

/// A classifier in a folder: `classifier.json` says what it is, `weights.bin` has its numbers.
///
/// The weights are float32, the lowest byte first: those of the labels one after the other, each with
/// its constant behind them, and for a probe the means and the deviations. `classifier.json` is written
/// last, with a checksum of the weights, so that a folder that was left half-written is refused.
public enum SavedClassifier: Sendable, Hashable {
  /// One that reads texts.
  case text(TextClassifier)
  /// One that reads hidden states.
  case probe(ProbeClassifier)

  static let format = 1
  private static let description = "classifier.json"
  private static let weights = "weights.bin"

  /// What it reads.
  public var kind: ClassifierKind {
    switch self {
    case .text: .text
    case .probe: .probe
    }
  }

  /// Its labels.
  public var labels: [TrainedLabel] {
    switch self {
    case .text(let classifier): classifier.labels
    case .probe(let classifier): classifier.labels
    }
  }

  /// Whether a folder holds a classifier.
  ///
  /// - Parameter directory: The folder.
  /// - Returns: Whether its `classifier.json` is there.
  public static func exists(in directory: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(directory)/\(description)")
  }

  /// Writes the classifier.
  ///
  /// - Parameters:
  ///   - directory: The folder, which is made where it is not there.
  ///   - overwriting: Whether a classifier in it is replaced.
  /// - Throws: ``ClassifierError/exists(directory:)``, ``ClassifierError/unwritable(path:reason:)``
  public func save(in directory: String, overwriting: Bool = false) throws {
    guard overwriting || !Self.exists(in: directory) else {
      throw ClassifierError.exists(directory: directory)
    }
    let numbers = self.numbers
    let bytes = numbers.flatMap { number in
      withUnsafeBytes(of: number.bitPattern.littleEndian) { Array($0) }
    }
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let content = try encoder.encode(
      ClassifierDescription(self, count: numbers.count, checksum: Self.checksum(bytes)))
    do {
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true)
      try Data(bytes).write(to: URL(filePath: "\(directory)/\(Self.weights)"), options: .atomic)
      try (content + Data("\n".utf8)).write(
        to: URL(filePath: "\(directory)/\(Self.description)"), options: .atomic)
    } catch {
      throw ClassifierError.unwritable(path: directory, reason: error.localizedDescription)
    }
  }

  /// Reads a classifier.
  ///
  /// - Parameter directory: The folder that ``save(in:overwriting:)`` has written.
  /// - Throws: ``ClassifierError`` where there is none, where it is damaged, and where it is of a later
  ///   format.
  public init(directory: String) throws(ClassifierError) {
    let path = "\(directory)/\(Self.description)"
    guard let content = FileManager.default.contents(atPath: path) else {
      throw .missing(directory: directory)
    }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    struct Version: Decodable { let format: Int }
    guard let version = try? decoder.decode(Version.self, from: content) else {
      throw .damaged(path: path, problem: "is not the description of a classifier")
    }
    guard version.format <= Self.format else {
      throw .newer(path: path, format: version.format, known: Self.format)
    }
    guard let description = try? decoder.decode(ClassifierDescription.self, from: content),
      description.isConsistent
    else { throw .damaged(path: path, problem: "does not describe a whole classifier") }
    let weights = "\(directory)/\(Self.weights)"
    guard let bytes = FileManager.default.contents(atPath: weights).map(Array.init) else {
      throw .damaged(path: weights, problem: "is missing")
    }
    guard bytes.count == 4 * description.weights.count else {
      throw .damaged(
        path: weights,
        problem: "has \(bytes.count) bytes, and not \(4 * description.weights.count)")
    }
    guard Self.checksum(bytes) == description.weights.checksum else {
      throw .damaged(path: weights, problem: "is not what was written with \(Self.description)")
    }
    self = description.classifier(
      with: stride(from: 0, to: bytes.count, by: 4).map { start in
        let pattern = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << (8 * $1) }
        return Float(bitPattern: pattern)
      })
  }

  private var numbers: [Float] {
    let weights = labels.flatMap(\.weights)
    return switch self {
    case .text: weights
    case .probe(let probe): weights + probe.means + probe.deviations
    }
  }

  /// FNV-1a of 64 bits: it tells files that differ by accident.
  private static func checksum(_ bytes: [UInt8]) -> String {
    let hash = bytes.reduce(UInt64(0xCBF2_9CE4_8422_2325)) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    return String(hash, radix: 16)
  }
}
