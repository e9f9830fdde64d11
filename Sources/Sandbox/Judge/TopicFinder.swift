/// Finds out what a prompt is about by the words of its content, whatever stands around them.
struct TopicFinder: Sendable {
  private let facts: [(name: String, fact: Fact)]
  private let tasks: [(name: [String], topic: Topic)]
  private let questions: [(name: [String], topic: Topic)]

  init(world: SandboxWorld) {
    facts = Relation.allCases.flatMap { relation in
      world.facts(about: relation).map { ($0.subject.lowercased(), $0) }
    }
    // What is harmful is looked for first: it may contain the name of something that is not.
    tasks =
      HarmfulRequest.all.map { (WordSequence($0.name).withoutArticles, .harmful($0)) }
      + HowToTask.all.map { (WordSequence($0.name).withoutArticles, .howTo($0)) }
    questions =
      UnanswerableQuestion.all.map { (WordSequence($0.question).words, .unanswerable($0)) }
      + ChatMood.allCases.flatMap { mood in
        mood.remarks.map { (WordSequence($0).words, .chat(mood)) }
      }
  }

  /// The topic, or nil where the prompt is about nothing in the world.
  ///
  /// - Parameter question: The last turn of the human.
  /// - Returns: The first topic whose content is in it.
  func topic(of question: WordSequence) -> Topic? {
    let words = question.words
    if let claimOrFact = factual(words) { return claimOrFact }
    let plain = question.withoutArticles
    if let task = tasks.first(where: { plain.contains(phrase: $0.name) }) { return task.topic }
    if let sum = Self.sum(in: words) { return .sum(sum) }
    return questions.first { words.contains(phrase: $0.name) }?.topic
  }

  private func factual(_ words: [String]) -> Topic? {
    let present = Set(words)
    let named = facts.filter { present.contains($0.name) }.map(\.fact)
    let asked = named.first { !present.isDisjoint(with: $0.relation.cues) }
    if !present.isDisjoint(with: Claim.cues) {
      for fact in named {
        let values = fact.relation.values.filter { present.contains($0.lowercased()) }
        if values.count == 1 { return .claim(Claim(fact: fact, claimed: values[0])) }
      }
    }
    return asked.map(Topic.fact)
  }

  /// The first sum: two numbers about an operation, or after `add` or `take`.
  private static func sum(in words: [String]) -> Sum? {
    for index in words.indices.dropLast(2) {
      let next = index + 2
      switch (words[index], words[index + 1], words[next]) {
      case (let left, "plus", let right): if let sum = sum(left, .plus, right) { return sum }
      case (let left, "minus", let right): if let sum = sum(left, .minus, right) { return sum }
      case (let left, "and", let right):
        if index > 0, words[index - 1] == "add", let sum = sum(left, .plus, right) { return sum }
      case (let right, "from", let left):
        if index > 0, words[index - 1] == "take", let sum = sum(left, .minus, right) { return sum }
      default: break
      }
    }
    return nil
  }

  private static func sum(_ left: String, _ operation: Sum.Operation, _ right: String) -> Sum? {
    // More digits than this, and the result might not fit.
    guard left.utf8.count <= 9, right.utf8.count <= 9, let left = Int(left), let right = Int(right)
    else { return nil }
    return Sum(left: left, operation: operation, right: right)
  }
}
