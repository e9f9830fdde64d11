/// Where the value of a setting was written.
public enum SettingOrigin: Equatable, Sendable {
  /// In a file, at a line and a column that both count from 1.
  case file(path: String, line: Int, column: Int)
  /// After `--set`, as `name=value`.
  case assignment(String)
  /// As a flag with its value, such as `--beta 0.1`.
  case flag(String)
}

extension SettingOrigin: CustomStringConvertible {
  /// The origin as it precedes an error message.
  public var description: String {
    switch self {
    case .file(let path, let line, let column): "\(path):\(line):\(column)"
    case .assignment(let assignment): "--set \(assignment)"
    case .flag(let flag): flag
    }
  }
}
