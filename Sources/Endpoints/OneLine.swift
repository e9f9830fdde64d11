extension StringProtocol {
  /// The first code points on one line, with control characters escaped: texts of others are not
  /// trusted to leave a terminal or a log alone.
  ///
  /// - Parameter limit: How many code points are shown at most.
  /// - Returns: One line; it ends in an ellipsis where something was cut.
  package func oneLine(limit: Int) -> String {
    let scalars = unicodeScalars.prefix(limit + 1)
    let line = scalars.prefix(limit).map { scalar in
      scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
        || scalar.properties.generalCategory == .lineSeparator
        || scalar.properties.generalCategory == .paragraphSeparator
        ? scalar.escaped(asASCII: true) : String(scalar)
    }
    return line.joined() + (scalars.count > limit ? "…" : "")
  }
}
