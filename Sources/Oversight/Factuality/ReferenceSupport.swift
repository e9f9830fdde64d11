/// How far a reference text bears an answer out, by words alone, without a model.
///
/// The reference is read through windows of one sentence, and of two that follow each other. With C the
/// set of content words of a sentence and W those of a window, a sentence's support is
///
///     max over windows of Σ_{c ∈ C ∩ W} w_c / Σ_{c ∈ C} w_c
///
/// where names (words with a capital letter, but for the first) weigh w = 2 and others 1. A window that
/// lacks a number of the sentence bears out nothing of it: 0. The answer's score is the mean over its
/// sentences.
///
/// This is lexical. A paraphrase has little support, and "He did not win" as much as "He won"; what it
/// finds reliably is numbers and names that the reference does not have.
public struct ReferenceSupport: Sendable, Hashable {
  /// What a sentence comes to.
  public struct Sentence: Sendable, Hashable {
    /// The sentence.
    public let text: String
    /// From 0, nothing is borne out, to 1, every content word is.
    public let support: Double
    /// What of the reference bears it out best: the shortest such window, and the first; empty if nothing
    /// does.
    public let window: String
    /// Its content words that the whole reference lacks, in lower case and in their order.
    public let missing: [String]
  }

  /// The sentences that have content words, in their order.
  public let sentences: [Sentence]

  /// Measures an answer.
  ///
  /// - Parameters:
  ///   - answer: Its text, which ``Sentences`` splits.
  ///   - reference: What may bear it out.
  public init(of answer: String, in reference: String) {
    let parts = Sentences.split(reference)
    let words = parts.map { Set(ContentWords($0).words.map(\.text)) }
    let pairs = zip(parts.indices, parts.indices.dropFirst())
    let windows: [(text: String, words: Set<String>)] =
      parts.indices.map { (parts[$0], words[$0]) }
      + pairs.map { ("\(parts[$0]) \(parts[$1])", words[$0].union(words[$1])) }
    let known = words.reduce(into: Set<String>()) { $0.formUnion($1) }
    sentences = Sentences.split(answer).compactMap { sentence in
      let content = ContentWords(sentence).unique
      guard !content.isEmpty else { return nil }
      var best = (support: 0.0, window: "")
      for window in windows {
        let support = content.support(in: window.words)
        if support > best.support { best = (support, window.text) }
      }
      return Sentence(
        text: sentence, support: best.support, window: best.window,
        missing: content.map(\.text).filter { !known.contains($0) })
    }
  }

  /// The mean of the sentences' support; `nil` without content words.
  public var score: Double? {
    sentences.isEmpty
      ? nil : sentences.reduce(0) { $0 + $1.support } / Double(sentences.count)
  }

  /// The sentences with less support than a threshold.
  ///
  /// - Parameter threshold: From 0 to 1.
  /// - Returns: In their order.
  public func sentences(below threshold: Double) -> [Sentence] {
    sentences.filter { $0.support < threshold }
  }
}

extension ContentWords {
  /// Each word once, where it stands first; as a name or number if it is one anywhere.
  fileprivate var unique: [Word] {
    let strong = Set(words.filter { $0.kind != .plain }.map(\.text))
    var seen: Set<String> = []
    return words.filter { seen.insert($0.text).inserted }.map { word in
      word.kind == .plain && strong.contains(word.text)
        ? words.first { $0.text == word.text && $0.kind != .plain } ?? word : word
    }
  }
}

extension [ContentWords.Word] {
  /// The share of weight that some words have; 0 where they lack a number.
  fileprivate func support(in known: Set<String>) -> Double {
    let shared = filter { known.contains($0.text) }
    guard !contains(where: { $0.kind == .number && !known.contains($0.text) }) else { return 0 }
    return shared.reduce(0) { $0 + $1.weight } / reduce(0) { $0 + $1.weight }
  }
}
