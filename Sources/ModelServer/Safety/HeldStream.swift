/// An answer on its way to the user, of which nothing is sent that has not been checked with some text
/// behind it.
///
///     var stream = HeldStream(policy)
///     send(stream.append(" a piece", tokens: 1))
///     if let check = stream.dueCheck {
///       send(stream.take(try await filter.verdict(on: .answer(check.text, to: prompt)), on: check))
///     }
///     send(stream.finish())                            // and once more what is due
///
/// Once a text of T tokens has passed, its first T − w are sent, w being the window: what is harmless by
/// itself may turn out to begin something else. When the answer is finished it is checked as a whole,
/// and the rest is sent. A check reads all of the text so far, and is due every max(8, w/2) tokens.
///
/// A verdict against the text ends the stream: what was sent stays, and nothing follows; where nothing
/// was sent, the refusal is. Where verdicts do not stop texts, in shadow or where the policy only flags,
/// pieces pass at once and are checked at the same places.
public struct HeldStream: Sendable {
  /// A text that is to be checked.
  public struct Check: Sendable, Hashable {
    /// All of the answer so far, what is held back too.
    public let text: String
    fileprivate let pieces: Int
    fileprivate let tokens: Int
  }

  private enum State: Sendable { case open, finished, ended }
  private struct Piece: Sendable {
    let text: String
    /// The tokens up to the end of the piece.
    let tokens: Int
  }

  private let window: Int
  private let refusal: String
  private let isRead: Bool
  private let isHeld: Bool
  private var pieces: [Piece] = []
  /// How many pieces were sent, and the last check covered.
  private var (sent, checked) = (0, 0)
  private var checkedTokens = 0
  private var state = State.open
  /// All that was said of the text so far, as one verdict; `nil` before the first check.
  public private(set) var verdict: SafetyVerdict?

  /// A stream of which nothing is there.
  ///
  /// - Parameter policy: What is done with answers.
  public init(_ policy: SafetyPolicy) {
    (window, refusal) = (policy.window, policy.refusal)
    (isRead, isHeld) = (policy.answer != .allow, policy.holdsAnswers)
  }

  /// The tokens whose text was sent, counted from the first one: of more of them nothing may be said either, such
  /// as their log probabilities. A piece without text belongs to the next one that has some.
  public var sentTokens: Int { pieces[..<sent].last { !$0.text.isEmpty }?.tokens ?? 0 }

  /// Tokens between two checks.
  public var stride: Int { max(8, window / 2) }

  /// Whether a verdict has ended the answer: its `finish_reason` is `content_filter`.
  public var isStopped: Bool { state == .ended }

  /// Whether everything was sent that ever will be.
  public var isOver: Bool {
    switch state {
    case .open: false
    case .finished: sent == pieces.count && (!isRead || checked == pieces.count)
    case .ended: true
    }
  }

  /// Adds what the model has written.
  ///
  /// - Parameters:
  ///   - text: A text that goes on where the last one ended.
  ///   - tokens: Of how many tokens it is; 0 for a rest that belongs to earlier ones.
  /// - Returns: What is to be sent at once: nothing, where answers are held back.
  public mutating func append(_ text: String, tokens: Int = 1) -> String {
    precondition(state != .finished && tokens >= 0, "a piece after the end, or of \(tokens) tokens")
    // Pieces may still come while the model hears that it is to stop.
    guard state == .open else { return "" }
    pieces.append(Piece(text: text, tokens: (pieces.last?.tokens ?? 0) + tokens))
    guard !isHeld else { return "" }
    sent = pieces.count
    return text
  }

  /// Says that the answer is complete.
  ///
  /// - Returns: What is to be sent at once: the rest, where all of it has passed already.
  public mutating func finish() -> String {
    guard state == .open else { return "" }
    state = .finished
    return release(upTo: checked == pieces.count ? pieces.count : sent)
  }

  /// What is to be checked now; `nil` for nothing.
  public var dueCheck: Check? {
    guard isRead, state != .ended, let last = pieces.last, checked < pieces.count else {
      return nil
    }
    guard state == .finished || last.tokens > window && last.tokens - checkedTokens >= stride else {
      return nil
    }
    return Check(text: pieces.map(\.text).joined(), pieces: pieces.count, tokens: last.tokens)
  }

  /// Takes a verdict.
  ///
  /// - Parameters:
  ///   - verdict: What the filter says.
  ///   - check: What it was asked about: of this stream, and no earlier one than the last.
  /// - Returns: What is to be sent now.
  public mutating func take(_ verdict: SafetyVerdict, on check: Check) -> String {
    guard state != .ended else { return "" }
    precondition(
      check.pieces <= pieces.count && check.pieces >= checked, "a check of another stream")
    self.verdict = self.verdict?.joined(with: verdict) ?? verdict
    if verdict.action.stopsText {
      state = .ended
      pieces.removeSubrange(sent...)
      return pieces.contains { !$0.text.isEmpty } || verdict.action != .refuse ? "" : refusal
    }
    (checked, checkedTokens) = (check.pieces, check.tokens)
    let isWhole = state == .finished && checked == pieces.count
    let passed = pieces[..<checked]
    return release(
      upTo: isWhole
        ? checked : passed.firstIndex { $0.tokens > check.tokens - window } ?? checked)
  }

  private mutating func release(upTo end: Int) -> String {
    guard sent < end else { return "" }
    defer { sent = end }
    return pieces[sent..<end].map(\.text).joined()
  }
}
