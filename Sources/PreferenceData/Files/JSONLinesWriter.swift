import CZlib

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Writes JSON Lines beside their final name and renames them when all are there, so that nobody
/// ever reads half a file.
///
///     var writer = try JSONLinesWriter(path: "scores.jsonl.gz")
///     try writer.write(["log_probability": .number(-1.5), "tokens": .number(3)])
///     try writer.commit()
///
/// A name that ends in `.gz` is compressed. Without ``commit()`` nothing remains.
public struct JSONLinesWriter: ~Copyable {
  private let path: String
  private let temporaryPath: String
  private var file: gzFile?

  /// Opens a temporary file in the same folder.
  ///
  /// - Parameter path: The final name; an existing file is replaced on commit.
  /// - Throws: ``DataError/unwritable(path:reason:)``
  public init(path: String) throws(DataError) {
    let temporaryPath = "\(path).\(getpid()).partial"
    // zlib's mode "T" writes plain bytes through the same buffered calls.
    let mode = path.hasSuffix(".gz") ? "wb" : "wbT"
    errno = 0
    guard let file = gzopen(temporaryPath, mode) else {
      throw .unwritable(path: path, reason: SystemCall.reason())
    }
    gzbuffer(file, 1 << 17)
    self.path = path
    self.temporaryPath = temporaryPath
    self.file = file
  }

  /// Writes one row, its keys in their order.
  ///
  /// - Parameter row: The row.
  /// - Throws: ``DataError/notANumber(path:field:)`` where a number is NaN or infinite, which JSON
  ///   cannot say; ``DataError/unwritable(path:reason:)``
  public mutating func write(_ row: JSONObject) throws(DataError) {
    guard let line = JSONValue.object(row).text else {
      let field = row.members.first { $0.value.text == nil }?.name
      throw .notANumber(path: path, field: field ?? "")
    }
    let bytes = Array(line.utf8) + [.lineFeed]
    guard gzwrite(file, bytes, UInt32(bytes.count)) == bytes.count else {
      throw .unwritable(path: path, reason: SystemCall.reason())
    }
  }

  /// Writes what is buffered and gives the file its name.
  ///
  /// - Throws: ``DataError/unwritable(path:reason:)``; then nothing remains.
  public consuming func commit() throws(DataError) {
    let status = gzclose(file)
    file = nil
    guard status == Z_OK, rename(temporaryPath, path) == 0 else {
      let reason = SystemCall.reason()
      unlink(temporaryPath)
      throw .unwritable(path: path, reason: reason)
    }
  }

  deinit {
    guard let file else { return }
    gzclose(file)
    unlink(temporaryPath)
  }
}
