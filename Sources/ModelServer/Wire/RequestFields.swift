internal import PreferenceData

/// The fields of an object of a request. It keeps which were asked for, so that the others can be
/// named: they were sent in vain.
struct RequestFields {
  private let object: JSONObject
  private let path: String
  private var known: Set<String> = []

  /// The fields of an object.
  init(_ object: JSONObject, path: String = "") {
    self.object = object
    self.path = path
  }

  /// Where a field stands.
  func path(of name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

  /// A field's value; null is as good as nothing.
  subscript(name: String) -> RequestValue? {
    mutating get {
      known.insert(name)
      guard let value = object[name], value != .null else { return nil }
      return RequestValue(path: path(of: name), value: value)
    }
  }

  /// A field's value, without which there is nothing to do.
  mutating func required(_ name: String) throws(RequestProblem) -> RequestValue {
    if let value = self[name] { return value }
    throw .invalid(path(of: name), "'\(path(of: name))' is missing.")
  }

  /// Refuses a field unless it says no more than leaving it out.
  mutating func refuse(
    _ name: String, unless void: [JSONValue] = [], remedy: String = "Leave it out."
  ) throws(RequestProblem) {
    if let value = self[name], !value.isVoid(void) { throw .unsupported(value.path, remedy) }
  }

  /// Names of fields that have a value and were not asked for, in order.
  var unknown: [String] {
    object.members.filter { !known.contains($0.name) && $0.value != .null }.map(\.name)
  }
}

extension JSONValue {
  /// The object that a body is.
  ///
  /// - Returns: Its members.
  /// - Throws: ``RequestProblem`` with status 400 for anything else.
  func asBody() throws(RequestProblem) -> JSONObject {
    if case .object(let object) = self { return object }
    throw .notAnObject(summary)
  }
}
