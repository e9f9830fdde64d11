/// A prompt, and what was said to it: by several models, or by one before and after.
public struct ReportSample: Sendable, Hashable {
  /// What one model said.
  public struct Answer: Sendable, Hashable {
    /// Who said it, or when.
    public var name: String
    /// What was said, as it is.
    public var text: String
    /// What was made of it, such as a reward.
    public var detail: String
    /// What it answers, where that is not the sample's prompt.
    public var prompt: String?

    /// An answer.
    ///
    /// - Parameters:
    ///   - name: Who said it, or when.
    ///   - text: What was said, as it is.
    ///   - detail: What was made of it.
    ///   - prompt: What it answers, where that is not the sample's prompt.
    public init(_ name: String, _ text: String, detail: String = "", prompt: String? = nil) {
      self.name = name
      self.text = text
      self.detail = detail
      self.prompt = prompt
    }
  }

  /// What all answers answer; `nil` where each has a prompt of its own.
  public var prompt: String?
  /// The answers from left to right.
  public var answers: [Answer]

  /// A sample.
  ///
  /// - Parameters:
  ///   - prompt: What all answers answer; `nil` where each has a prompt of its own.
  ///   - answers: The answers from left to right.
  public init(prompt: String?, answers: [Answer]) {
    self.prompt = prompt
    self.answers = answers
  }

  /// The prompt above the answers.
  var markup: Markup {
    .element(
      "article", ["class": "sample"],
      prompt.map(Self.said) ?? .empty,
      .element("div", ["class": "answers"], answers.map(\.markup)))
  }

  /// A prompt.
  fileprivate static func said(_ prompt: String) -> Markup {
    .element("p", ["class": "prompt"], .text(prompt))
  }
}

extension ReportSample.Answer {
  fileprivate var markup: Markup {
    .element(
      "div", ["class": "answer"],
      .element("p", ["class": "name"], .text(name)),
      prompt.map(ReportSample.said) ?? .empty,
      text.isEmpty
        ? .element("p", ["class": "said nothing"], .text("nothing"))
        : .element("p", ["class": "said"], .text(text)),
      detail.isEmpty ? .empty : .element("p", ["class": "detail"], .text(detail)))
  }
}
