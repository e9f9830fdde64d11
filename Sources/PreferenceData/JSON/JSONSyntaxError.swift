/// Why bytes are not JSON, and where.
package struct JSONSyntaxError: Error, Equatable {
  /// Index of the offending byte in what was parsed.
  let offset: Int
  /// What was seen there, as the end of "saw …".
  let seen: String
  /// What may stand there, as the end of "allowed is …".
  let allowed: String
}

extension JSONSyntaxError: CustomStringConvertible {
  /// The words that follow a colon.
  package var description: String {
    "saw \(seen) at byte \(offset + 1); allowed is \(allowed)"
  }
}
