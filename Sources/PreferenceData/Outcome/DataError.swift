/// Why data cannot be read or written. Each case renders as sentences that say where, what, and
/// what to do.
public enum DataError: Error, Sendable, Hashable {
  /// There is no such file.
  case missingFile(path: String)
  /// A folder where a file was expected.
  case directory(path: String)
  /// The system refused to read the file.
  case unreadable(path: String, reason: String)
  /// The name ends as no format does that can be read.
  case unknownFormat(path: String)
  /// The file is in another encoding, such as UTF-16.
  case notUTF8(path: String, encoding: String)
  /// A gzip file that is cut off or altered.
  case corruptGzip(path: String, reason: String)
  /// There is no row in the file.
  case empty(path: String)
  /// The file holds records of another kind than the command needs.
  case wrongKind(path: String, seen: RecordKind, columns: [String], allowed: [RecordKind])
  /// No row has a value in some of the columns that are needed.
  case missingColumns(path: String, seen: [String], needed: [String])
  /// Rows that are not what their file claims to hold.
  case malformed(MalformedRows)
  /// Unusable rows, which `strict` does not allow.
  case unusable(DroppedRows)
  /// Every row was unusable.
  case nothingLeft(paths: [String], dropped: DroppedRows)
  /// The system refused to write the file.
  case unwritable(path: String, reason: String)
  /// A number to be written is NaN or infinite.
  case notANumber(path: String, field: String)
}

extension DataError: CustomStringConvertible {
  /// Full sentences that say what, where, what was seen, what is allowed and what to do next.
  public var description: String {
    switch self {
    case .missingFile(let path):
      "\(path): there is no such file; check the name and the current folder."
    case .directory(let path):
      "\(path): this is a folder; name a file in it (\(DataFormat.names))."
    case .unreadable(let path, let reason):
      "\(path): cannot be read: \(reason); check the file's permissions."
    case .unknownFormat(let path):
      "\(path): its name does not end as a known format does; "
        + "allowed are \(DataFormat.names); convert it to JSON Lines or rename it."
    case .notUTF8(let path, let encoding):
      "\(path): saw \(encoding); allowed is UTF-8; save the file as UTF-8."
    case .corruptGzip(let path, let reason):
      "\(path): the gzip file is damaged: \(reason); copy or download it again."
    case .empty(let path):
      "\(path): there are no rows in the file; give it at least one."
    case .wrongKind(let path, let seen, let columns, let allowed):
      "\(path): holds \(seen.title), by its fields \(columns.quotedList); needed here are "
        + allowed.map(\.summary).joined(separator: ", or ")
        + "; give another file or rename its fields."
    case .missingColumns(let path, let seen, let needed):
      "\(path): has the columns \(seen.quotedList); needed are \(needed.quotedList); "
        + "rename its columns or give another file."
    case .malformed(let rows): rows.description
    case .unusable(let dropped):
      "Rows that cannot be used, which strict does not allow:\n\(dropped)\n"
        + "Remove them, or leave strict out to have them skipped and counted."
    case .nothingLeft(let paths, let dropped):
      "\(paths.joined(separator: ", ")): no usable row is left:\n\(dropped)\n"
        + "Give data with at least one usable row."
    case .unwritable(let path, let reason):
      "\(path): cannot be written: \(reason); "
        + "check that the folder exists, is writable and has room."
    case .notANumber(let path, let field):
      "\(path): the field `\(field)` would be NaN or infinite, which JSON cannot say; "
        + "find out where the number comes from: the model or its input may be broken."
    }
  }
}
