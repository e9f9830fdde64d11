internal import Crypto
internal import RunRecords
internal import Tokenization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Summed log probabilities of sequences under one frozen model, kept on disk across runs.
///
/// The file is named by the model's fingerprint, so that other weights are another cache. An entry
/// is named by the sequence's token ids and where its completion begins. The file ends with a digest
/// of itself, and a damaged one is treated as empty: everything in it can be computed again.
struct ReferenceCache {
  private typealias Key = SIMD2<UInt64>

  private let folder: String
  private let path: String
  private var sums: [Key: Double] = [:]
  private var hasNew = false

  private static let magic = Array("attune reference cache 1\n".utf8)
  private static let entrySize = 24

  /// Opens the cache of a model.
  ///
  /// - Parameters:
  ///   - folder: Where caches lie; it need not exist yet.
  ///   - model: What identifies the weights and how they are computed with.
  init(folder: String, model: ModelFingerprint) {
    self.folder = folder
    path = "\(folder)/\(model.hexadecimal).bin"
    guard let file = FileManager.default.contents(atPath: path), file.starts(with: Self.magic)
    else { return }
    let content = file.dropLast(SHA256.byteCount)
    guard file.suffix(SHA256.byteCount).elementsEqual(SHA256.hash(data: content)) else { return }
    let entries = content.dropFirst(Self.magic.count)
    guard entries.count.isMultiple(of: Self.entrySize) else { return }
    entries.withUnsafeBytes { bytes in
      for start in stride(from: 0, to: bytes.count, by: Self.entrySize) {
        let words = (0..<3).map {
          UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: start + 8 * $0, as: UInt64.self))
        }
        sums[Key(words[0], words[1])] = Double(bitPattern: words[2])
      }
    }
  }

  /// The summed log probability of a sequence's completion, in nats, where it is known.
  subscript(sequence: PackedBatch.Sequence) -> Double? {
    get { sums[Self.key(of: sequence)] }
    set {
      sums[Self.key(of: sequence)] = newValue
      if newValue?.isFinite == true { hasNew = true }
    }
  }

  /// The same over the first `count` scored tokens alone, in nats, where it is known.
  subscript(sequence: PackedBatch.Sequence, first count: Int) -> Double? {
    get { sums[Self.key(of: sequence, first: count)] }
    set {
      sums[Self.key(of: sequence, first: count)] = newValue
      if newValue?.isFinite == true { hasNew = true }
    }
  }

  /// Writes the cache if it has learned something.
  ///
  /// - Throws: `RunRecordError` if the disk does not take it.
  mutating func save() throws(RunRecordError) {
    guard hasNew else { return }
    try makeFolder()
    var content = Self.magic
    // A value that is not finite must not outlive the run that found it.
    for (key, sum) in sums where sum.isFinite {
      for word in [key.x, key.y, sum.bitPattern] {
        withUnsafeBytes(of: word.littleEndian) { content += $0 }
      }
    }
    var file = try AtomicFile(path: path)
    try file.write(content)
    try file.write(SHA256.hash(data: content))
    try file.commit()
    hasNew = false
  }

  private func makeFolder() throws(RunRecordError) {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      let cause = (error as? CocoaError)?.underlying as? POSIXError
      let reason = cause.map { String(cString: strerror($0.code.rawValue)) } ?? "\(error)"
      throw .system(operation: "make the folder", path: folder, reason: reason)
    }
  }

  private static func key(of sequence: PackedBatch.Sequence, first count: Int? = nil) -> Key {
    var hash = SHA256()
    if let count { hash.update(data: Data("first \(count) of ".utf8)) }
    withUnsafeBytes(of: Int64(sequence.completionStart).littleEndian) {
      hash.update(bufferPointer: $0)
    }
    sequence.ids.withUnsafeBytes { hash.update(bufferPointer: $0) }
    return hash.finalize().withUnsafeBytes {
      Key($0.loadUnaligned(as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    }
  }
}
