internal import Reports

/// What several pages are made of.
enum PageParts {
  /// A form that the script sends; one that is a job takes the model, of which there is one.
  static func form(_ action: String, isJob: Bool, className: String? = nil, _ content: Markup...)
    -> Markup
  {
    .element(
      "form",
      ["method": "post", "action": action, "class": className, "data-job": isJob ? "" : nil],
      content)
  }

  static func button(
    _ title: String, id: String? = nil, key: String? = nil, isQuiet: Bool = false,
    name: String? = nil, value: String? = nil
  ) -> Markup {
    .element(
      "button",
      [
        "type": "submit", "id": id, "class": isQuiet ? "quiet" : nil, "data-key": key,
        "name": name, "value": value, "aria-keyshortcuts": key,
      ], .text(title),
      key.map { .element("kbd", ["aria-hidden": "true"], .text($0.uppercased())) } ?? .empty)
  }

  static func hidden(_ name: String, _ value: String) -> Markup {
    .void("input", ["type": "hidden", "name": name, "value": value])
  }

  static func paragraph(_ text: String, className: String? = nil) -> Markup {
    .element("p", ["class": className], .text(text))
  }

  /// A text of a model, in which nothing but letters counts.
  static func said(_ text: String) -> Markup {
    let trimmed = text.drop(while: \.isWhitespace)
    return trimmed.isEmpty
      ? .element("p", ["class": "said nothing"], .text("nothing"))
      : .element("p", ["class": "said"], .text(String(trimmed)))
  }

  /// A pair to choose from, with keys for both sides and for neither.
  static func duel(
    prompt: String, answers: (String, String), number: Int, action: String
  ) -> Markup {
    func card(_ side: AnswerSide, _ text: String) -> Markup {
      let name = side.rawValue.uppercased()
      return .element(
        "section", ["class": "response", "aria-labelledby": "answer-\(side.rawValue)"],
        .element("h3", ["id": "answer-\(side.rawValue)"], .text("Answer \(name)")), said(text),
        form(
          action, isJob: false, hidden("pair", "\(number)"), hidden("side", side.rawValue),
          button("\(name) is better", id: "choose-\(side.rawValue)", key: side.rawValue)))
    }
    return .element(
      "div", ["class": "prompt"], .element("h3", [:], .text("Prompt")),
      said(AskedPrompt.question(of: prompt)))
      + .element("div", ["class": "responses two"], card(.a, answers.0), card(.b, answers.1))
      + form(
        action, isJob: false, className: "skip", hidden("pair", "\(number)"),
        hidden("side", "skip"),
        button("Neither: skip", id: "choose-skip", key: "s", isQuiet: true))
  }
}
