internal import PreferenceData

/// A model that a server has, as `/v1/models` lists it.
public struct ModelEntry: Sendable, Hashable {
  /// The name by which requests ask for it.
  public let name: String
  /// When it was made, in seconds since 1970.
  public let created: Int
  /// Whose it is.
  public let owner: String

  /// A model.
  ///
  /// - Parameters:
  ///   - name: The name by which requests ask for it.
  ///   - created: When it was made, in seconds since 1970.
  ///   - owner: Whose it is.
  public init(name: String, created: Int, owner: String = "attune") {
    (self.name, self.created, self.owner) = (name, created, owner)
  }

  /// The answer to `/v1/models/{name}`: one line of JSON.
  public var json: String { value.wireText }

  /// The answer to `/v1/models`.
  ///
  /// - Parameter models: All that there are.
  /// - Returns: One line of JSON.
  public static func json(listing models: [ModelEntry]) -> String {
    JSONValue.object([
      "object": .string("list"), "data": .array(models.map(\.value)),
    ]).wireText
  }

  private var value: JSONValue {
    .object([
      "id": .string(name), "object": .string("model"), "created": .number(Double(created)),
      "owned_by": .string(owner),
    ])
  }
}
