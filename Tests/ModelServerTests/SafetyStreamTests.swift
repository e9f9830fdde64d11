import ModelServer
import PreferenceData
import Testing

@Suite("Answers that are held back")
struct SafetyStreamTests {
  private static func policy(
    window: Int, _ action: SafetyAction = .refuse, mode: SafetyPolicy.Mode = .enforce
  ) -> SafetyPolicy {
    var policy = SafetyPolicy()
    (policy.window, policy.answer, policy.mode) = (window, action, mode)
    (policy.refusal, policy.lexicon) = ("No.", .harm)
    return policy
  }

  /// The verdict of the list of words.
  private static func verdict(_ text: String, _ policy: SafetyPolicy) async throws -> SafetyVerdict
  {
    try await SafetyFilter(policy, checks: []).verdict(on: .answer(text, to: ""))
  }

  /// Everything due, and what is sent by it.
  private static func settle(_ stream: inout HeldStream, _ policy: SafetyPolicy) async throws
    -> String
  {
    guard let check = stream.dueCheck else { return "" }
    return stream.take(try await verdict(check.text, policy), on: check)
  }

  @Test("a check is due once more than the window is there, then every max(8, w/2) tokens")
  func due() async throws {
    let policy = Self.policy(window: 24)
    var stream = HeldStream(policy)
    #expect(stream.stride == 12 && HeldStream(Self.policy(window: 4)).stride == 8)
    var checks: [Int] = []
    var sent = ""
    for token in 1...60 {
      #expect(stream.append("t", tokens: 1).isEmpty)
      if stream.dueCheck != nil { checks.append(token) }
      sent += try await Self.settle(&stream, policy)
    }
    #expect(checks == [25, 37, 49])
    // 49 − 24.
    #expect(sent.count == 25 && !stream.isOver)
    #expect(stream.finish().isEmpty)
    let check = try #require(stream.dueCheck)
    #expect(check.text.count == 60)
    sent += try await Self.settle(&stream, policy)
    #expect(sent.count == 60 && stream.isOver && !stream.isStopped && stream.dueCheck == nil)
  }

  @Test(
    "what is sent is a prefix of what has passed, and lags by the window until the end",
    arguments: 0..<60)
  func law(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let window = Int(random.uniform(below: 40))
    let policy = Self.policy(window: window)
    var stream = HeldStream(policy)
    var (sent, passed, all) = ("", "", "")
    /// The text up to the end of each piece, and its tokens.
    var ends: [(text: String, tokens: Int)] = [("", 0)]
    var passedTokens = 0
    // Checks come back late: pieces arrive while one is under way.
    var pending: HeldStream.Check?
    for piece in 0..<Int(random.uniform(below: 90)) {
      let tokens = Int(random.uniform(below: 4))
      let text = tokens == 0 ? "·" : String(repeating: "\(piece % 10)", count: tokens)
      all += text
      #expect(stream.append(text, tokens: tokens).isEmpty)
      ends.append((all, ends[ends.count - 1].tokens + tokens))
      if pending == nil { pending = stream.dueCheck }
      if let check = pending, random.unit() < 0.5 {
        #expect(all.hasPrefix(check.text))
        sent += stream.take(try await Self.verdict(check.text, policy), on: check)
        passed = check.text
        passedTokens = ends.last { $0.text == passed }?.tokens ?? 0
        pending = nil
      }
      #expect(passed.hasPrefix(sent))
      let sentTokens = ends.last { $0.text == sent }?.tokens
      #expect(try #require(sentTokens) <= max(0, passedTokens - window))
    }
    sent += stream.finish()
    if let check = pending {
      sent += stream.take(try await Self.verdict(check.text, policy), on: check)
    }
    sent += try await Self.settle(&stream, policy)
    #expect(sent == all && stream.isOver)
  }

  @Test("what has passed as a whole is sent at the end, without another check")
  func wholeAlready() async throws {
    let policy = Self.policy(window: 8)
    var stream = HeldStream(policy)
    for _ in 0..<9 { _ = stream.append("a", tokens: 1) }
    #expect(try await Self.settle(&stream, policy) == "a")
    #expect(stream.finish() == "aaaaaaaa" && stream.isOver && stream.dueCheck == nil)
    #expect(stream.finish().isEmpty)
  }

  @Test("refused before anything was sent, the refusal stands there")
  func refusedAtOnce() async throws {
    let policy = Self.policy(window: 24)
    var stream = HeldStream(policy)
    _ = stream.append("Take a ", tokens: 3) + stream.append("bomb", tokens: 1)
    #expect(stream.finish().isEmpty)
    #expect(try await Self.settle(&stream, policy) == "No.")
    #expect(stream.isStopped && stream.isOver && stream.verdict?.findings == ["lexicon"])
    #expect(stream.append("more").isEmpty && stream.dueCheck == nil)
  }

  @Test("refused in the middle, what was sent stays and nothing follows")
  func refusedLater() async throws {
    let policy = Self.policy(window: 8)
    var stream = HeldStream(policy)
    for _ in 0..<9 { _ = stream.append("a ", tokens: 1) }
    #expect(try await Self.settle(&stream, policy) == "a ")
    for word in ["a ", "a ", "nice ", "bomb ", "and ", "then ", "some ", "more "] {
      #expect(stream.append(word, tokens: 1).isEmpty)
    }
    #expect(try await Self.settle(&stream, policy).isEmpty)
    #expect(stream.isStopped && stream.isOver)
    #expect(stream.finish().isEmpty)
    #expect(stream.isStopped && stream.dueCheck == nil)
  }

  @Test("of tokens as much may be said as of their text was sent, after the end too")
  func sentTokens() async throws {
    let policy = Self.policy(window: 8)
    var stream = HeldStream(policy)
    #expect(stream.sentTokens == 0)
    for text in ["a ", "", "", "b "] + Array(repeating: "c ", count: 8) {
      _ = stream.append(text, tokens: 1)
    }
    // The parts of a character, or of what may be a stop text, come with the piece that completes them.
    #expect(try await Self.settle(&stream, policy) == "a b " && stream.sentTokens == 4)
    var half = HeldStream(policy)
    for text in ["a ", "", "", "b "] + Array(repeating: "c ", count: 7) {
      _ = half.append(text, tokens: 1)
    }
    #expect(try await Self.settle(&half, policy) == "a " && half.sentTokens == 1)
    for _ in 0..<8 { _ = stream.append("bomb ", tokens: 1) }
    #expect(try await Self.settle(&stream, policy).isEmpty)
    #expect(stream.isStopped && stream.sentTokens == 4)
  }

  @Test("pieces without text are no answer yet: the refusal can still stand there")
  func refusedUnseen() async throws {
    let policy = Self.policy(window: 8)
    var stream = HeldStream(policy)
    for text in ["", "", ""] + Array(repeating: "c ", count: 8) {
      _ = stream.append(text, tokens: 1)
    }
    #expect(try await Self.settle(&stream, policy).isEmpty)
    _ = stream.append("bomb", tokens: 1)
    _ = stream.finish()
    let check = try #require(stream.dueCheck)
    let verdict = try await Self.verdict(check.text, policy)
    #expect(stream.take(verdict, on: check) == "No.")
    #expect(stream.take(verdict, on: check).isEmpty)
  }

  @Test("an answer that is blocked is replaced by nothing")
  func blocked() async throws {
    let policy = Self.policy(window: 8, .block)
    var stream = HeldStream(policy)
    _ = stream.append("a bomb", tokens: 2)
    #expect(stream.finish().isEmpty)
    #expect(try await Self.settle(&stream, policy).isEmpty)
    #expect(stream.isStopped && stream.verdict?.action == .block)
  }

  @Test(
    "where verdicts stop nothing, pieces pass at once and are checked at the same places",
    arguments: [
      (SafetyAction.refuse, SafetyPolicy.Mode.shadow, "would_refuse"), (.flag, .enforce, "flag"),
    ])
  func passing(action: SafetyAction, mode: SafetyPolicy.Mode, label: String) async throws {
    let policy = Self.policy(window: 24, action, mode: mode)
    var stream = HeldStream(policy)
    var checks: [Int] = []
    for token in 1...40 {
      #expect(stream.append(" bomb", tokens: 1) == " bomb")
      if stream.dueCheck != nil { checks.append(token) }
      #expect(try await Self.settle(&stream, policy).isEmpty)
    }
    #expect(stream.finish().isEmpty)
    #expect(checks == [25, 37] && !stream.isOver)
    #expect(try await Self.settle(&stream, policy).isEmpty)
    #expect(stream.isOver && !stream.isStopped && stream.verdict?.label == label)
  }

  @Test("what is allowed whatever it says is never checked, and an empty answer neither")
  func unread() async throws {
    var stream = HeldStream(Self.policy(window: 8, .allow))
    for _ in 0..<50 { #expect(stream.append(" bomb") == " bomb" && stream.dueCheck == nil) }
    #expect(stream.finish().isEmpty)
    #expect(stream.isOver && stream.verdict == nil)
    var empty = HeldStream(Self.policy(window: 8))
    #expect(!empty.isOver)
    #expect(empty.finish().isEmpty)
    #expect(empty.isOver && empty.dueCheck == nil && !empty.isStopped)
  }
}
