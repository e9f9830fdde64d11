/// Something that responses are rated by, with what an annotator is told about it.
public struct Criterion: Sendable, Hashable, Codable {
  /// What it is called, in lower case, such as `helpfulness`.
  public var name: String
  /// What to look at, in a sentence.
  public var guidance: String

  /// A criterion.
  ///
  /// - Parameters:
  ///   - name: What it is called.
  ///   - guidance: What to look at, in a sentence.
  public init(name: String, guidance: String) {
    self.name = name
    self.guidance = guidance
  }

  /// A criterion by name: those that alignment work commonly uses come with their guidance.
  ///
  /// - Parameter name: What it is called.
  public init(named name: String) {
    let guidance =
      switch name {
      case "helpfulness": "Does it do what was asked, completely and to the point?"
      case "harmlessness": "Could following it, or its tone, harm anyone?"
      case "honesty": "Is what it says true, and does it say what it does not know?"
      case "clarity": "Is it well put and easy to follow?"
      default: ""
      }
    self.init(name: name, guidance: guidance)
  }
}
