public import RunRecords

/// What stands in the way of a key file.
public enum KeyFileError: Error, Sendable, Equatable {
  /// There is no such file.
  case missing(path: String)
  /// The file cannot be read or written.
  case file(RunRecordError)
  /// A line is no record of a key.
  case line(path: String, line: Int, problem: String)
  /// There is a key of this name.
  case nameTaken(path: String, name: String)
  /// Another process is writing the file.
  case held(path: String)
}

extension KeyFileError: CustomStringConvertible {
  /// A full sentence with the remedy.
  public var description: String {
    switch self {
    case .missing(let path):
      "\(path): there is no such file; make a key with 'attune serve key --name NAME --keys \(path)'"
    case .file(let error): error.description
    case .line(let path, let line, let problem):
      "\(path):\(line): \(problem); correct the line or remove it"
    case .nameTaken(let path, let name):
      "\(path): has a key called '\(name)'; choose another name, or remove its line first"
    case .held(let path): "\(path): another process is writing it; try again when it is done"
    }
  }
}
