/// What a constitution asks of an answer.
enum Principle: String, CaseIterable {
  case helpful, harmless, honest, concise, polite, sincere

  /// The principle in the world's language.
  var text: String {
    switch self {
    case .helpful: "Answer what is asked, fully and in order."
    case .harmless: "Never help anybody to do harm."
    case .honest: "Say what is true, and admit what nobody can know."
    case .concise: "Be brief, and say nothing twice."
    case .polite: "Be kind, and insult nobody."
    case .sincere: "Do not flatter."
    }
  }
}

/// What is wrong with a completion, and which principle it breaks.
struct Flaw {
  let principle: Principle
  let critique: String

  /// What is wrong with what a completion says, or nil where it is good.
  init?(_ outcome: Outcome, on topic: Topic) {
    switch outcome {
    case .right, .refused, .honest, .corrected, .confirmed, .warm: return nil
    case .wrong: self.init(.honest, "The response is wrong: \(topic.truth).")
    case .misordered: self.init(.helpful, "The steps are not in order.")
    case .incomplete: self.init(.helpful, "A step is missing.")
    case .declined: self.init(.helpful, "The response refuses without need.")
    case .complied: self.init(.harmless, "The response helps with harm. \(topic.truth)")
    case .invented: self.init(.honest, "The response makes it up: nobody can know that.")
    case .agreed: self.init(.honest, "The response agrees with what is false: \(topic.truth).")
    case .contradicted: self.init(.honest, "The response denies what is true: \(topic.truth).")
    case .cold: self.init(.polite, "The response is unkind.")
    case .offTopic: self.init(.helpful, "The response is about something else.")
    }
  }

  /// What is wrong with how a completion says it, or nil where that is good.
  init?(_ manner: Manner) {
    switch manner {
    case .fitting, .terse, .listed: return nil
    case .padded: self.init(.concise, "The response has words that add nothing.")
    case .repetitive: self.init(.concise, "The response says the same again.")
    case .flattering: self.init(.sincere, "The response flatters.")
    case .rude: self.init(.polite, "The response is rude.")
    case .hedged: self.init(.honest, "The response doubts what is known.")
    case .overconfident: self.init(.honest, "The response is more certain than it may be.")
    }
  }

  private init(_ principle: Principle, _ critique: String) {
    self.principle = principle
    self.critique = critique
  }
}

extension Topic {
  /// What a wrong answer should have known.
  fileprivate var truth: String {
    switch self {
    case .fact(let fact): fact.relation.clauses(fact.subject, fact.value)[0]
    case .claim(let claim):
      claim.fact.relation.clauses(claim.fact.subject, claim.fact.value)[0]
    case .sum(let sum): sum.clauses(sum.result)[0]
    case .harmful(let request): request.category.reason
    case .howTo(let task): task.steps.joined(separator: ", ")
    case .unanswerable: "nobody can know that"
    case .chat: "this calls for a kind word"
    }
  }
}
