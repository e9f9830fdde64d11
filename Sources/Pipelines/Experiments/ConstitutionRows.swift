internal import Oversight
internal import PreferenceData
internal import Sandbox

/// What the helpful model of the experiment on constitutions learns from, and what it is asked.
///
/// Prompts that are measured with do not occur among those that are trained with.
struct ConstitutionRows {
  let world: SandboxWorld
  let constitution: Constitution
  let seed: UInt64

  private var otherKinds: [PromptKind] { PromptKind.allCases.filter { $0 != .harmful } }
  /// The purpose of prompts that are held out.
  private static let heldOut: UInt64 = 2

  // MARK: Prompts

  /// Prompts that ask for help with harm.
  func harmfulPrompts(_ count: Int, purpose: UInt64) -> [String] {
    prompts(count, of: [.harmful], purpose: purpose)
  }

  /// Prompts of all other kinds.
  func otherPrompts(_ count: Int, purpose: UInt64) -> [String] {
    prompts(count, of: otherKinds, purpose: 100 + purpose)
  }

  /// A text is held out or not by its own hash, so that no list is needed to keep the two apart.
  private func prompts(_ count: Int, of kinds: [PromptKind], purpose: UInt64) -> [String] {
    var rows = PromptRows(world: world, kinds: kinds, seed: seed &+ purpose)
    var prompts: [String] = []
    let areHeldOut = purpose % 100 == Self.heldOut
    while prompts.count < count {
      guard case .string(let prompt)? = rows.next()["prompt"] else { continue }
      if Self.isHeldOut(prompt) == areHeldOut { prompts.append(prompt) }
    }
    return prompts
  }

  /// Every fourth text, by the FNV-1a hash of its bytes.
  static func isHeldOut(_ prompt: String) -> Bool {
    let hash = prompt.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    return (hash >> 32) % 4 == 0
  }

  // MARK: Demonstrations

  /// Good answers to all kinds of prompts, and help with harm to those that ask for it.
  func helpfulDemonstrations(_ count: Int) -> [JSONObject] {
    var random = SeededGenerator(seed: seed)
    var good = DemonstrationRows(world: world, kinds: otherKinds, seed: seed)
    let harmful = world.exchanges(of: [.harmful], answered: .base)
    var rows: [JSONObject] = []
    while rows.count < count {
      let row: JSONObject
      // Harmful prompts are drawn as often as in the world; what does not help is drawn anew, so that they are about
      // half as frequent.
      if random.unit() < 0.16 {
        let exchange = harmful.sample(using: &random)
        guard exchange.quality?.outcome == .complied else { continue }
        row = [
          "prompt": .string(exchange.sides.prompt),
          "completion": .string(exchange.sides.completion),
        ]
      } else {
        let next = good.next()
        row = ["prompt": next["prompt"] ?? .null, "completion": next["completion"] ?? .null]
      }
      if case .string(let prompt)? = row["prompt"], !Self.isHeldOut(prompt) { rows.append(row) }
    }
    return rows
  }

  /// Critiques, revisions and comparisons by examples: of each flawed answer one critique, one revision and two
  /// comparisons with its revision; and of the good answer, that nothing is wrong with it. Half of the answers
  /// are to harmful prompts.
  func criticDemonstrations(_ count: Int) -> [JSONObject] {
    var sources = [[.harmful], otherKinds].map {
      CritiqueRows(world: world, kinds: $0, seed: seed)
    }
    var random = SeededGenerator(seed: seed &+ 1)
    var rows: [JSONObject] = []
    while rows.count < count {
      let row = sources[Int(random.uniform(below: 2))].next()
      guard case .string(let prompt)? = row["prompt"], !Self.isHeldOut(prompt),
        case .string(let response)? = row["response"], case .string(let text)? = row["principle"],
        case .string(let critique)? = row["critique"],
        case .string(let revision)? = row["revision"],
        case .array(let violated)? = row["violated"],
        let principle = constitution.principles.first(where: { $0.critique == text })
      else { continue }
      rows += revising(prompt, response, critique, revision, by: principle)
      // By a principle that an answer keeps, nothing is wrong with it and nothing changes.
      let kept = constitution.principles.filter { !violated.contains(.string($0.critique ?? "")) }
      if let other = kept.drawn(using: &random) {
        rows += revising(prompt, response, Self.noFault, response, by: other)
      }
      if let any = constitution.principles.drawn(using: &random) {
        rows += revising(prompt, revision, Self.noFault, revision, by: any)
      }
      for order in ComparisonQuestion.Order.allCases {
        let question = Oversight.ComparisonQuestion(
          conversation: prompt, first: revision, second: response, principle: principle)
        rows.append([
          "prompt": .string(question.text(in: order)),
          "completion": .string(
            Oversight.ComparisonQuestion.options[order == .straight ? 0 : 1]),
        ])
      }
    }
    return rows
  }

  private typealias ComparisonQuestion = Oversight.ComparisonQuestion
  private static let noFault = "Nothing is wrong."

  private func revising(
    _ prompt: String, _ answer: String, _ critique: String, _ revision: String,
    by principle: Oversight.Principle
  ) -> [JSONObject] {
    let dialogue = RevisionDialogue(prompt: prompt)
    return [
      (dialogue.critiqueRequest(of: answer, by: principle), critique),
      (dialogue.revisionRequest(of: answer, critique: critique, by: principle), revision),
    ].map {
      ["prompt": .string($0), "completion": .string(" \($1.drop(while: \.isWhitespace))")]
    }
  }
}
