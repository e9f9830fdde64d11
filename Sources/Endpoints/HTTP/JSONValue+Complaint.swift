internal import PreferenceData

extension JSONValue {
  /// What a server says went wrong: the message of `{"error": {"message": …}}`, as most servers of models
  /// answer, or of `{"error": …}`, `{"message": …}` or `{"detail": …}`; `nil` where there is none.
  var complaint: String? {
    guard case .object(let fields) = self else { return nil }
    if let error = fields["error"], let inner = error.complaint { return inner }
    for name in ["error", "message", "detail"] {
      if case .string(let text) = fields[name], !text.isEmpty { return text }
    }
    return nil
  }
}
