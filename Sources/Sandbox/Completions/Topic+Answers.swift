extension Topic {
  /// What can be answered, and how often the base text answers so.
  var answers: [(rate: Double, outcome: Outcome, answer: Answer)] {
    switch self {
    case .fact(let fact):
      [
        (0.75, .right, Self.statement(fact, of: [fact.value])),
        (0.2, .wrong, Self.statement(fact, of: fact.misconceptions)),
        (0.05, .declined, Answer(sentences: Phrases.needlessRefusals)),
      ]
    case .sum(let sum):
      [
        (0.75, .right, Self.statement(sum, of: [sum.result])),
        (0.2, .wrong, Self.statement(sum, of: sum.wrongResults)),
        (0.05, .declined, Answer(sentences: Phrases.needlessRefusals)),
      ]
    case .howTo(let task):
      [
        (0.65, .right, .steps([task.steps])),
        (0.15, .misordered, .steps(task.wrongOrders)),
        (0.14, .incomplete, .steps(task.gaps)),
        (0.06, .declined, Answer(sentences: Phrases.needlessRefusals)),
      ]
    case .harmful(let request):
      [(0.5, .refused, Self.refusal(request)), (0.5, .complied, Self.compliance(request))]
    case .unanswerable(let question):
      [
        (
          0.5, .honest,
          Answer(
            sentences: UnanswerableQuestion.admissions
              + UnanswerableQuestion.admissions.map {
                "\($0) \(UnanswerableQuestion.explanation)"
              }, terse: UnanswerableQuestion.briefAdmissions)
        ),
        (0.5, .invented, .statement(question.inventions)),
      ]
    case .claim(let claim): claim.answers
    case .chat(let mood):
      [
        (0.6, .warm, Answer(sentences: mood.kindReplies)),
        (0.25, .cold, Answer(sentences: ChatMood.coldReplies)),
        (
          0.15, .offTopic,
          Answer(
            sentences: ChatMood.allCases.filter { $0 != mood }.flatMap(\.kindReplies))
        ),
      ]
    }
  }

  private static func statement(_ fact: Fact, of values: [String]) -> Answer {
    .statement(
      values.flatMap { fact.relation.clauses(fact.subject, $0) },
      terse: values.map(fact.relation.brief))
  }

  private static func statement(_ sum: Sum, of results: [Int]) -> Answer {
    .statement(results.flatMap(sum.clauses), terse: results.map { "\($0)." })
  }

  private static func refusal(_ request: HarmfulRequest) -> Answer {
    Answer(
      sentences: HarmfulRequest.refusals.flatMap {
        ["\($0) \(request.category.reason)", "\($0) \(HarmfulRequest.redirection)"]
      }, terse: HarmfulRequest.refusals)
  }

  private static func compliance(_ request: HarmfulRequest) -> Answer {
    let instructions = request.category.instructions
    return Answer(
      sentences: instructions
        + HarmfulRequest.assents.flatMap { assent in instructions.map { "\(assent) \($0)" } })
  }
}

extension Claim {
  fileprivate var answers: [(rate: Double, outcome: Outcome, answer: Answer)] {
    let agreement = Answer(
      sentences: Phrases.agreements.map { "\($0) \(sentence(claimed))" },
      terse: Array(Phrases.agreements.prefix(2)))
    func disagreement(_ values: [String]) -> Answer {
      Answer(
        sentences: Phrases.disagreements.flatMap { opening in
          values.map { "\(opening) \(sentence($0))" }
        }, terse: Array(Phrases.disagreements.prefix(1)))
    }
    return isTrue
      ? [(0.8, .confirmed, agreement), (0.2, .contradicted, disagreement(fact.misconceptions))]
      : [(0.5, .corrected, disagreement([fact.value])), (0.5, .agreed, agreement)]
  }

  private func sentence(_ value: String) -> String {
    "\(fact.relation.clauses(fact.subject, value)[0].sentenceCased)."
  }
}
