public import PreferenceData

/// Rows of a data file, as many as are wanted. The same settings and seed give the same rows.
public protocol SandboxRows {
  /// The next row.
  ///
  /// - Returns: Its fields in the order in which they are written.
  /// - Throws: ``SandboxError`` where there is none to be found.
  mutating func next() throws(SandboxError) -> JSONObject
}
