public import PreferenceData

/// The body of a request that takes feedback back.
public struct WithdrawalRequest: Sendable, Hashable {
  /// The response that it is about.
  public let response: String
  /// Its name.
  public let name: String
  /// Who gave it; `nil` for the key.
  public let identifier: String?

  /// Reads a request.
  ///
  /// - Parameters:
  ///   - object: The body.
  ///   - limits: How long texts may be.
  /// - Throws: ``RequestProblem`` with status 400 that names the field.
  public init(
    _ object: JSONObject, limits: RequestLimits = RequestLimits()
  ) throws(RequestProblem) {
    var fields = RequestFields(object)
    response = try fields.required("response_id").text(limit: limits.nameCharacters)
    name = try fields["name"]?.text(limit: limits.nameCharacters) ?? "rating"
    identifier = try fields["identifier"]?.text(limit: limits.nameCharacters)
  }
}
