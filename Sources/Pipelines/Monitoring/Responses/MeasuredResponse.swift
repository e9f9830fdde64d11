/// A response, and what was measured of it.
public struct MeasuredResponse: Sendable, Hashable {
  /// The response.
  public let response: ObservedResponse
  /// What the topic is read from; responses to one question are not independent of each other.
  public let question: String
  /// What was measured, finite; what could not be is not there.
  public let values: [ResponseColumn: Double]
  /// The hidden state of a model that has read it; `nil` where none has.
  public var hiddenState: [Double]?

  init(_ response: ObservedResponse, question: String, values: [ResponseColumn: Double]) {
    (self.response, self.question) = (response, question)
    self.values = values.filter(\.value.isFinite)
  }
}
