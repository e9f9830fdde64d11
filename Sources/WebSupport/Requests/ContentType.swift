internal import HTTPTypes

/// What a request says that its body is.
enum ContentType: String {
  case form = "application/x-www-form-urlencoded"
  case json = "application/json"

  /// Refuses a body that is said to be something else, or to be in another encoding than UTF-8.
  func check(_ headers: HTTPFields) throws(WebFailure) {
    let seen = headers[values: .contentType]
    guard seen.count == 1, matches(seen[0]) else {
      let words = seen.isEmpty ? "nothing about its type" : "\"\(seen.joined(separator: ", "))\""
      throw WebFailure(
        .unsupportedMediaType, code: "content_type",
        "The request says \(words.prefix(100)), but what is read here is \(rawValue) in UTF-8.")
    }
  }

  private func matches(_ value: String) -> Bool {
    let parts = value.split(separator: ";", omittingEmptySubsequences: false).map {
      $0.trimmingBlanks().lowercased()
    }
    guard parts[0] == rawValue else { return false }
    return parts.dropFirst().allSatisfy { ["charset=utf-8", "charset=\"utf-8\""].contains($0) }
  }
}
