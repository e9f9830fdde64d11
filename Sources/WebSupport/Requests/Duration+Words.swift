extension Duration {
  /// Whole seconds, rounded up.
  var wholeSecondsUp: Int {
    let (seconds, attoseconds) = components
    return Int(seconds) + (attoseconds > 0 ? 1 : 0)
  }

  /// The duration in a sentence: "1 second", "20 seconds".
  var words: String {
    let seconds = wholeSecondsUp
    return "\(seconds) \(seconds == 1 ? "second" : "seconds")"
  }
}
