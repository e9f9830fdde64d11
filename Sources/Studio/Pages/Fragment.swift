internal import PreferenceData
internal import Reports
internal import WebSupport

/// A part of a page that takes the place of what is there.
struct Fragment {
  /// The element whose content it is.
  let id: String
  let content: Markup

  /// The part within its page.
  func element(_ name: String = "div") -> Markup { .element(name, ["id": id], content) }
}

/// What the script of a page is told, message by message.
enum PageMessage {
  /// A part of the page is new.
  case fragment(Fragment)
  /// So far is what was asked for.
  case progress(StudioProgress)
  /// A sentence for everybody, also for who hears the page.
  case word(String)
  /// What was asked for cannot be had.
  case failure(String)

  var event: ServerSentEvent {
    switch self {
    case .fragment(let fragment):
      Self.event(
        "fragment", ["id": .string(fragment.id), "html": .string(fragment.content.source)])
    case .progress(let progress):
      Self.event(
        "progress",
        [
          "activity": .string(progress.activity), "done": .number(Double(progress.done)),
          "total": .number(Double(progress.total)),
        ])
    case .word(let sentence): Self.event("word", ["text": .string(sentence)])
    case .failure(let sentence): Self.event("failure", ["text": .string(sentence)])
    }
  }

  private static func event(_ name: String, _ object: JSONObject) -> ServerSentEvent {
    // Texts and small whole numbers are always JSON.
    ServerSentEvent(JSONValue.object(object).text ?? "{}", name: name)
  }
}
