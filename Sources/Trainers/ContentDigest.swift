internal import Crypto

// FileHandle is not part of FoundationEssentials.
import Foundation

/// SHA-256 of texts and files, in lower-case hexadecimal digits.
package enum ContentDigest {
  /// The digest of a text's UTF-8.
  ///
  /// - Parameter text: Any text.
  /// - Returns: 64 digits.
  package static func of(_ text: String) -> String {
    hexadecimal(SHA256.hash(data: Data(text.utf8)))
  }

  /// The digest of a file as it lies on the disk, read in pieces.
  ///
  /// - Parameter path: The file.
  /// - Returns: 64 digits.
  /// - Throws: Foundation's error if the file cannot be read.
  package static func ofFile(at path: String) throws -> String {
    let file = try FileHandle(forReadingFrom: URL(filePath: path))
    defer { try? file.close() }
    var hash = SHA256()
    while let part = try file.read(upToCount: 4 << 20), !part.isEmpty { hash.update(data: part) }
    return hexadecimal(hash.finalize())
  }
}
