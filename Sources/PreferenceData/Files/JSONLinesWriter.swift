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
/// A name that ends in `.gz` is compressed. Without ``commit()`` nothing remains. A link is followed; into
/// what is there and no file, such as `/dev/null` or a pipe, rows are written as they come.
public struct JSONLinesWriter: ~Copyable {
  private let path: String
  /// The final name behind all links.
  private let destination: String
  /// `nil` where rows are written as they come.
  private let temporaryPath: String?
  private var file: gzFile?

  /// Opens a temporary file in the same folder.
  ///
  /// - Parameter path: The final name; an existing file is replaced on commit.
  /// - Throws: ``DataError/unwritable(path:reason:)``
  public init(path: String) throws(DataError) {
    let kind = Self.kind(of: path)
    guard kind != S_IFDIR else { throw .unwritable(path: path, reason: "is a folder") }
    let destination = kind == nil ? path : Self.withoutLinks(path)
    let isFile = kind == nil || kind == S_IFREG
    let temporaryPath = isFile ? "\(destination).\(getpid()).partial" : nil
    // zlib's mode "T" writes plain bytes through the same buffered calls.
    let mode = path.hasSuffix(".gz") ? "wb" : "wbT"
    errno = 0
    guard let file = gzopen(temporaryPath ?? destination, mode) else {
      throw .unwritable(path: path, reason: SystemCall.reason())
    }
    gzbuffer(file, 1 << 17)
    self.path = path
    self.destination = destination
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
    guard status == Z_OK, temporaryPath.map({ rename($0, destination) == 0 }) ?? true else {
      let reason = SystemCall.reason()
      if let temporaryPath { unlink(temporaryPath) }
      throw .unwritable(path: path, reason: reason)
    }
  }

  deinit {
    guard let file else { return }
    gzclose(file)
    if let temporaryPath { unlink(temporaryPath) }
  }

  /// What a name and all links behind it lead to; `nil` where there is nothing.
  private static func kind(of path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  private static func withoutLinks(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
