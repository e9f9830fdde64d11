/// A form that changes something.
package struct PageForm {
  /// Where it is sent.
  package let action: String
  /// A name by which scripts find it.
  package var id: String?
  /// Its class of the style sheet.
  package var className: String?
  /// What it carries unseen: names and values.
  package var hidden: [(name: String, value: String)]

  /// A form.
  ///
  /// - Parameters:
  ///   - action: Where it is sent.
  ///   - id: A name by which scripts find it.
  ///   - className: Its class of the style sheet.
  ///   - hidden: What it carries unseen, such as the token of a session.
  package init(
    action: String, id: String? = nil, className: String? = nil,
    hidden: [(name: String, value: String)] = []
  ) {
    (self.action, self.id, self.className, self.hidden) = (action, id, className, hidden)
  }

  /// The form as markup.
  ///
  /// - Parameter content: What stands in it.
  /// - Returns: The form.
  package func markup(_ content: [Markup]) -> Markup {
    .element(
      "form", ["method": "post", "action": action, "id": id, "class": className],
      hidden.map { .void("input", ["type": "hidden", "name": $0.name, "value": $0.value]) }
        + content)
  }

  /// A labelled line of input that must be filled in.
  ///
  /// - Parameters:
  ///   - label: The label.
  ///   - name: The name of the field.
  ///   - id: A name that no other element of the page has; `nil` for the field's.
  ///   - type: What kind of input it is.
  ///   - autocomplete: What a browser may fill in.
  ///   - hint: What stands under it.
  ///   - value: What it holds already.
  /// - Returns: The field with its label.
  package static func field(
    _ label: String, name: String, id: String? = nil, type: String = "text", autocomplete: String,
    hint: String? = nil, value: String? = nil
  ) -> Markup {
    let id = id ?? name
    return .element(
      "p", ["class": "field"],
      .element("label", ["for": id], .text(label)),
      .void(
        "input",
        [
          "id": id, "name": name, "type": type, "autocomplete": autocomplete, "required": "",
          "value": value, "aria-describedby": hint == nil ? nil : "\(id)-hint",
        ]),
      hint.map { .element("span", ["id": "\(id)-hint", "class": "hint"], .text($0)) } ?? .empty)
  }
}
