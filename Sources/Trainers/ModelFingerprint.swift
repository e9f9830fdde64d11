internal import Crypto

// FileHandle is not part of FoundationEssentials.
import Foundation

/// What identifies a model's weights: SHA-256 over `config.json` and all safetensors files.
package struct ModelFingerprint: Equatable {
  /// 64 hexadecimal digits.
  package let hexadecimal: String

  /// A fingerprint that was taken before.
  init(hexadecimal: String) { self.hexadecimal = hexadecimal }

  /// Reads a model directory's files.
  ///
  /// - Parameter directory: A model directory in the Hugging Face layout.
  /// - Throws: Foundation's error if a file cannot be read.
  package init(directory: String) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: directory)
      .filter { $0 == "config.json" || $0.hasSuffix(".safetensors") }
    var hash = SHA256()
    hash.update(data: Data("float32".utf8))
    for name in names.sorted() {
      hash.update(data: Data(name.utf8))
      let file = try FileHandle(forReadingFrom: URL(filePath: "\(directory)/\(name)"))
      defer { try? file.close() }
      while let part = try file.read(upToCount: 4 << 20), !part.isEmpty { hash.update(data: part) }
    }
    hexadecimal = Trainers.hexadecimal(hash.finalize())
  }
}

/// The fingerprints of the models that a run starts from; a directory that is both is read once.
struct ModelFingerprints {
  let policy: ModelFingerprint
  let reference: ModelFingerprint

  /// Reads both directories' files.
  init(policy: String, reference: String) throws {
    self.policy = try ModelFingerprint(directory: policy)
    self.reference =
      reference == policy ? self.policy : try ModelFingerprint(directory: reference)
  }
}
