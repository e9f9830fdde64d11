extension JSONValue {
  /// The one JSON value that the bytes hold, or `nil` if they are not JSON.
  package init?(parsing bytes: [UInt8]) {
    guard let value = try? Self.value(parsing: bytes) else { return nil }
    self = value
  }

  /// The one JSON value that the bytes hold.
  package static func value(parsing bytes: [UInt8]) throws(JSONSyntaxError) -> JSONValue {
    try JSONParser.value(of: bytes, in: bytes.indices)
  }
}
