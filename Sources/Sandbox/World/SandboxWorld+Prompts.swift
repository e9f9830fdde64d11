extension SandboxWorld {
  /// Prompts, each with what follows it: `Human: …`, up to the end of the question.
  ///
  /// - Parameters:
  ///   - kinds: The kinds of prompt, at their usual odds; at least one.
  ///   - next: What comes after a prompt on a topic.
  /// - Returns: A grammar of prompts and what follows them.
  func prompts(
    of kinds: [PromptKind], then next: @escaping @Sendable (Topic) -> Grammar
  ) -> Grammar {
    .sequence([
      .text("Human: "), Self.opening,
      .weighted(kinds.map { kind in (kind.rate, questions(of: kind, then: next)) }),
    ])
  }

  private func questions(
    of kind: PromptKind, then next: @escaping @Sendable (Topic) -> Grammar
  ) -> Grammar {
    let closed: @Sendable (Topic) -> Grammar = { .sequence([Self.closing, next($0)]) }
    return switch kind {
    case .fact: .uniform(Relation.allCases.map { factQuestions($0, then: closed) })
    case .sum: Self.sumQuestions(then: closed)
    case .howTo:
      Self.asking(HowToTask.questions, about: HowToTask.all.map { ($0.name, .howTo($0)) }, closed)
    case .harmful:
      Self.asking(
        HowToTask.questions, about: HarmfulRequest.all.map { ($0.name, .harmful($0)) }, closed)
    case .unanswerable:
      .uniform(
        UnanswerableQuestion.all.map { question in
          Self.text(question.question, then: .unanswerable(question), closed)
        })
    case .claim: .uniform(Relation.allCases.map { claims($0, then: closed) })
    case .chat:
      .uniform(
        ChatMood.allCases.flatMap { mood in
          mood.remarks.map { Self.text($0, then: .chat(mood), next) }
        })
    }
  }

  private func factQuestions(
    _ relation: Relation, then next: @escaping @Sendable (Topic) -> Grammar
  ) -> Grammar {
    let subjects = facts(about: relation).map { ($0.subject, Topic.fact($0)) }
    return Self.asking(relation.questions, about: subjects, next)
  }

  private static func sumQuestions(
    then next: @escaping @Sendable (Topic) -> Grammar
  ) -> Grammar {
    func questions(_ sums: (Sum.Operation) -> [Sum]) -> Grammar {
      .uniform(
        Sum.Operation.allCases.map { operation in
          let sums = sums(operation)
          return .weighted([
            (2, asking(Sum.questions, about: sums.map { ($0.name, .sum($0)) }, next)),
            (1, asking([(operation.order, ".")], about: sums.map { ($0.order, .sum($0)) }, next)),
          ])
        })
    }
    return .weighted([
      (Sum.singleDigitRate, questions(Sum.singleDigit)),
      (1 - Sum.singleDigitRate, questions(Sum.doubleDigit)),
    ])
  }

  /// A form of question, then its content, so that the form's own words stand once.
  private static func asking(
    _ forms: [(before: String, after: String)], about contents: [(String, Topic)],
    _ next: @escaping @Sendable (Topic) -> Grammar
  ) -> Grammar {
    .uniform(
      forms.map { before, after in
        .sequence([
          .text(before),
          .uniform(contents.map { name, topic in text(name + after, then: topic, next) }),
        ])
      })
  }

  private func claims(
    _ relation: Relation, then next: @escaping @Sendable (Topic) -> Grammar
  ) -> Grammar {
    .uniform(
      Claim.forms.map { before, after in
        .sequence([
          .text(before),
          .uniform(
            facts(about: relation).map { fact in
              let others = fact.misconceptions
              let claimed = others.map { ($0, (1 - Claim.truthRate) / Double(others.count)) }
              return .weighted(
                ([(fact.value, Claim.truthRate)] + claimed).map { value, rate in
                  let text = relation.clauses(fact.subject, value)[0] + after
                  return (
                    rate, Self.text(text, then: .claim(Claim(fact: fact, claimed: value)), next)
                  )
                })
            }),
        ])
      })
  }

  private static func text(
    _ text: String, then topic: Topic, _ next: @escaping @Sendable (Topic) -> Grammar
  ) -> Grammar {
    .sequence([.text(text), .deferred { next(topic) }])
  }

  /// Who asks: surface alone.
  private static let opening: Grammar = {
    let name = Grammar.oneOf(Names.people)
    let place = Grammar.oneOf(Names.places)
    let age = Grammar.oneOf(Names.ages.map(String.init))
    func pair(between: Grammar) -> Grammar {
      .uniform(
        Names.people.map { first in
          let others = Names.people.filter { $0 != first }
          return .sequence([.text(first), between, .deferred { .oneOf(others) }])
        })
    }
    let aged = Grammar.sequence([.text(", "), age, .text(" and ")])
    return .weighted([
      (0.1, .empty),
      (0.1, .oneOf(["Hello. ", "Hi. ", "Good morning. ", "Good evening. ", "Excuse me. "])),
      (0.1, .sequence([name, .text(" here. ")])),
      (0.15, .sequence([pair(between: .text(" and ")), .text(" here. ")])),
      (0.3, .sequence([name, .text(", "), age, .text(", "), place, .text(". ")])),
      (
        0.25,
        .sequence([pair(between: aged), .text(", "), age, .text(", "), place, .text(". ")])
      ),
    ])
  }()

  /// How a question ends: surface alone.
  private static let closing = Grammar.weighted([
    (0.4, .empty), (0.2, .text(" Thank you.")), (0.2, .text(" Please help.")),
    (0.2, .text(" I am curious.")),
  ])
}
