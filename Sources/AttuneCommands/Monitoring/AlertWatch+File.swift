import ConfigurationFiles
import Monitoring

extension AlertWatch {
  /// Reads a file of alert rules.
  ///
  /// - Parameters:
  ///   - path: A YAML file with `rules`.
  ///   - states: Where they stood.
  /// - Throws: `ConfigurationError` or ``Failure`` for a file that is none.
  init(file path: String, states: [String: AlertState] = [:]) throws {
    let read = try YAMLDocument(contentsOf: path).decode(AlertWatch.self)
    do throws(AlertRuleError) {
      try self.init(rules: read.rules, states: states)
    } catch {
      throw Failure(.usage, "\(path): \(error)")
    }
  }
}
