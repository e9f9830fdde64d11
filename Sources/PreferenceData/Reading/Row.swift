/// One row of a file before anyone asks what it means.
struct Row {
  let source: SourceLocation
  /// The fields that somebody may ask for.
  let fields: JSONObject
  /// The names of the others, as far as they have a value.
  var otherColumns: [String] = []

  /// The value of a field; null is as good as absent.
  subscript(name: String) -> JSONValue? {
    fields[name].flatMap { $0 == .null ? nil : $0 }
  }

  /// The names of the fields that have a value.
  var columns: some Sequence<String> {
    [fields.members.lazy.filter { $0.value != .null }.map(\.name), otherColumns].joined()
  }
}
