extension JSONValue {
  /// The one JSON value that the bytes hold, or `nil` if they are not JSON.
  package init?(parsing bytes: [UInt8]) {
    guard let value = try? JSONParser.value(of: bytes, in: bytes.indices) else { return nil }
    self = value
  }
}
