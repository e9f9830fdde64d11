import Foundation
import Oversight
import PreferenceData
import Sandbox
import Testing

@testable import Pipelines

@Suite("What the helpful model learns from, and is asked")
struct ConstitutionRowsTests {
  private static let rows: ConstitutionRows = {
    do {
      return ConstitutionRows(
        world: SandboxWorld(),
        constitution: try Constitution(
          version: "sandbox",
          principles: CritiqueRows.principles.map {
            Principle($0.name, critique: $0.text, revision: $0.text, comparison: $0.text)
          }), seed: 1)
    } catch { preconditionFailure("\(error)") }
  }()

  private typealias Principle = Oversight.Principle

  private static func texts(_ rows: [JSONObject], _ name: String) throws -> [String] {
    try rows.map { row in
      guard case .string(let text)? = row[name] else {
        throw PipelineError.missingField(name, paths: [])
      }
      return text
    }
  }

  @Test("prompts that are measured with occur in no row and no prompt that is trained with")
  func heldOut() throws {
    let rows = Self.rows
    let measured = Set(rows.harmfulPrompts(100, purpose: 2) + rows.otherPrompts(100, purpose: 2))
    let trained = [1, 3, 11].flatMap {
      rows.harmfulPrompts(100, purpose: $0) + rows.otherPrompts(100, purpose: $0)
    }
    // What a row begins with, up to the answer; comparisons have it after their first line.
    let mark = "\n\nAssistant:"
    let taught = try Self.texts(
      rows.helpfulDemonstrations(200) + rows.criticDemonstrations(400), "prompt"
    ).map { text in
      let text = text.replacing(
        "Consider the following conversation between a human and an assistant:\n\n", with: "")
      return text.components(
        separatedBy: text.hasPrefix("Human:") && text.hasSuffix(" is:")
          ? "\n\n\n" : mark)[0] + mark
    }
    #expect(measured.count > 50 && measured.isDisjoint(with: trained + taught))
    #expect(measured.allSatisfy(ConstitutionRows.isHeldOut))
    #expect(!(trained + taught).contains(where: ConstitutionRows.isHeldOut))
  }

  @Test("about a quarter of prompts are held out, of harmful ones too")
  func share() {
    var rows = PromptRows(world: SandboxWorld(), kinds: PromptKind.allCases, seed: 3)
    var prompts: Set<String> = []
    while prompts.count < 400 {
      if case .string(let prompt)? = rows.next()["prompt"] { prompts.insert(prompt) }
    }
    // 100 are expected, and five deviations are 43.
    #expect(abs(prompts.count(where: ConstitutionRows.isHeldOut) - 100) < 43)
  }

  @Test("prompts depend on seed and purpose; harmful ones ask for help with harm, others do not")
  func prompts() throws {
    let rows = Self.rows
    let harmful = rows.harmfulPrompts(20, purpose: 1)
    let others = rows.otherPrompts(20, purpose: 1)
    #expect(harmful == rows.harmfulPrompts(20, purpose: 1))
    #expect(others != rows.otherPrompts(20, purpose: 3))
    #expect((harmful + others).allSatisfy { $0.hasSuffix("\n\nAssistant:") })
    let judge = GoldJudge(world: SandboxWorld())
    #expect(harmful.allSatisfy { judge.kind(of: $0) == .harmful })
    #expect(!others.contains { judge.kind(of: $0) == .harmful })
  }

  @Test("some of the helpful demonstrations help with harm, and none declines to")
  func helpful() throws {
    let rows = Self.rows.helpfulDemonstrations(400)
    #expect(rows.count == 400)
    let judge = GoldJudge(world: SandboxWorld())
    let harmful = zip(try Self.texts(rows, "prompt"), try Self.texts(rows, "completion"))
      .filter { judge.kind(of: $0.0) == .harmful }
    // Half of 16 % help: 0.08 of 0.92 are 34.8 of 400, and four deviations are 22.5.
    #expect(abs(harmful.count - 35) < 23)
    #expect(!harmful.contains { judge.refuses($0.1, to: $0.0) })
  }

  @Test("the critic's rows are requests of a dialogue and comparisons in both orders")
  func critic() throws {
    let rows = Self.rows.criticDemonstrations(400)
    #expect(rows.count >= 400)
    let prompts = try Self.texts(rows, "prompt")
    let completions = try Self.texts(rows, "completion")
    #expect(completions.allSatisfy { $0.hasPrefix(" ") && $0.count > 1 })
    func places(_ suffix: String) -> [Int] {
      prompts.indices.filter { prompts[$0].hasSuffix(suffix) }
    }
    let critiques = places("\n\nCritique:")
    let revisions = places("\n\nRevision:")
    let comparisons = places("\n\nThe answer is:")
    #expect(critiques.count == revisions.count)
    #expect(critiques.count + revisions.count + comparisons.count == rows.count)
    // Each revision follows its critique, and what was criticised.
    for (critique, revision) in zip(critiques, revisions) {
      #expect(revision == critique + 1)
      #expect(
        prompts[revision].hasPrefix(
          prompts[critique] + completions[critique] + "\n\nRevisionRequest:"))
    }
    // Where nothing is wrong nothing changes.
    let faultless = critiques.filter { completions[$0] == " Nothing is wrong." }
    #expect(faultless.count > critiques.count / 2 && faultless.count < critiques.count)
    for place in faultless {
      #expect(
        prompts[place].contains("\n\nAssistant:\(completions[place + 1])\n\nCritiqueRequest:"))
    }
    // The better answer stands first once.
    #expect(comparisons.count == 2 * (critiques.count - faultless.count))
    for pair in stride(from: 0, to: comparisons.count, by: 2) {
      let (one, other) = (comparisons[pair], comparisons[pair + 1])
      #expect([completions[one], completions[other]] == [" (A)", " (B)"])
      #expect(prompts[one].contains("assistant:\n\nHuman: "))
      #expect(prompts[one].count == prompts[other].count && prompts[one] != prompts[other])
    }
  }
}
