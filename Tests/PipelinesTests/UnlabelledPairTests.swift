import Evaluations
import Oversight
import Pipelines
import PreferenceData
import Testing

@Suite("Pairs for a model to label")
struct UnlabelledPairTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(_ rows: String..., seed: UInt64 = 1) throws -> [UnlabelledPair] {
    try UnlabelledPair.read(
      [folder.file("data.jsonl", rows.map { "\($0)\n" }.joined())], seed: seed
    ).records
  }

  @Test("a coin decides which answer of a judged pair is shown first; the judgment is kept")
  func judged() throws {
    let rows = (0..<60).map { #"{"prompt": "p\#($0)", "chosen": "good", "rejected": "bad"}"# }
      .joined(separator: "\n")
    let pairs = try read(rows)
    #expect(pairs.map(\.prompt) == (0..<60).map { "p\($0)" })
    for pair in pairs {
      #expect(Set([pair.first, pair.second]) == ["good", "bad"])
      #expect(pair.firstIsBetter == (pair.first == "good"))
    }
    // 30 are expected, and four deviations are 15.5.
    #expect(abs(pairs.count { $0.firstIsBetter == true } - 30) < 16)
    #expect(try read(rows) == pairs)
    #expect(try read(rows, seed: 2).map(\.firstIsBetter) != pairs.map(\.firstIsBetter))
  }

  @Test("a model that always knows agrees with the data, whatever the coin has said")
  func agreement() async throws {
    let pairs = try read(
      (0..<20).map { #"{"prompt": "p\#($0)", "chosen": "good", "rejected": "bad"}"# }
        .joined(separator: "\n"))
    let model = ScriptedModel(nats: { $0.text.contains("(A) [[[good]]]") ? [0, -2] : [-2, 0] })
    let labels = try await ConstitutionalLabelling(
      Constitution(version: "1", principles: [Principle("k", comparison: "Which?")]), seed: 0
    ).labels(of: pairs.map(\.compared), by: model)
    let summary = LabelSummary(labels, firstIsBetter: pairs.map(\.firstIsBetter))
    #expect(summary.agreement.successes == 20 && summary.agreement.count == 20)
    let provenance = RevisedAnswer.Provenance(constitution: "1", model: "m", seed: 0)
    for (pair, label) in zip(pairs, labels) {
      #expect(pair.preference(label, provenance)?["chosen"] == .string("good"))
    }
  }

  @Test("of sampled answers each two are a pair, in their order; the last of three is left")
  func samples() throws {
    let pairs = try read(
      #"{"prompt": "p", "completion": ["a", "b", "c", "d"]}"#,
      #"{"prompt": "q", "completion": ["e", "f", "g"]}"#,
      #"{"prompt": "r", "completion": ["same", "same", "x", "y"]}"#)
    #expect(
      pairs.map { [$0.prompt, $0.first, $0.second] } == [
        ["p", "a", "b"], ["p", "c", "d"], ["q", "e", "f"], ["r", "x", "y"],
      ])
    #expect(pairs.allSatisfy { $0.firstIsBetter == nil })
    #expect(pairs.map(\.source.line) == [1, 1, 2, 3])
  }

  @Test("what is no pair is an error that says so")
  func errors() throws {
    let path = "\(folder.path)/data.jsonl"
    func message(_ rows: String...) -> String? {
      do {
        _ = try read(rows.joined(separator: "\n"))
        return nil
      } catch { return "\(error)" }
    }
    #expect(
      message(#"{"prompt": "p"}"#)?.hasPrefix("\(path): holds prompts, by its fields") == true)
    #expect(
      message(#"{"prompt": "p", "completion": ["same", "same"]}"#)?
        .hasPrefix("\(path): no usable row is left:\n") == true)
    #expect(
      message(#"{"prompt": "p", "chosen": "a", "rejected": 7}"#)?.contains("`rejected`") == true)
    #expect(
      message(#"{"prompt": [{"role": "user", "content": "p"}], "chosen": "a", "rejected": "b"}"#)
        == "\(PipelineError.messages(SourceLocation(file: path, line: 1)))")
  }

  /// A pair with the label of a model that gives these nats to (A) in each order.
  private func row(_ nats: Double...) async throws -> JSONObject? {
    let pair = try #require(try read(#"{"prompt": "p", "completion": ["a", "b"]}"#).first)
    var labelling = try ConstitutionalLabelling(
      Constitution(version: "v2", principles: [Principle("kind", comparison: "Which?")]), seed: 0)
    labelling.orders = nats.count == 2 ? .both : .one
    let model = ScriptedModel(nats: {
      [$0.text.contains("(A) [[[a]]]") ? nats[0] : nats[1], 0]
    })
    let label = try await labelling.labels(of: [pair.compared], by: model)[0]
    return pair.preference(
      label, RevisedAnswer.Provenance(constitution: "v2", model: "runs/base", seed: 7))
  }

  @Test("a row has the likelier answer as chosen, and by how much; the verdicts stand in it")
  func rows() async throws {
    // σ(1) and 1 − σ(−3), of which the mean is (0.731059 + 0.952574)/2.
    let row = try #require(try await row(1, -3))
    #expect(row["prompt"] == .string("p"))
    #expect(row["chosen"] == .string("a") && row["rejected"] == .string("b"))
    #expect(row["criteria"] == .array([.string("kind")]))
    guard case .number(let agreement)? = row["agreement"],
      case .object(let metadata)? = row["metadata"],
      case .array(let verdicts)? = metadata["verdicts"], case .object(let verdict)? = verdicts.first
    else {
      Issue.record("\(row)")
      return
    }
    #expect(abs(agreement - 0.841816) < 1e-6)
    #expect(
      [metadata["constitution"], metadata["model"], metadata["seed"]]
        == [.string("v2"), .string("runs/base"), .number(7)])
    #expect(verdict["principle"] == .string("kind") && verdict["reasoning"] == nil)
    #expect(verdict["straight"] == .array([.number(1), .number(0)]))
    #expect(verdict["swapped"] == .array([.number(-3), .number(0)]))
    let other = try await self.row(-2)
    #expect(other?["chosen"] == .string("b") && other?["rejected"] == .string("a"))
    guard case .number(let single)? = other?["agreement"] else {
      Issue.record("\(other ?? [:])")
      return
    }
    #expect(abs(single - 0.880797) < 1e-6)
  }

  @Test("where neither answer is the likelier there is no row; −∞ is null")
  func limits() async throws {
    #expect(try await row(1, 1) == nil)
    #expect(try await row(0) == nil)
    guard case .object(let metadata)? = try await row(-.infinity)?["metadata"],
      case .array(let verdicts)? = metadata["verdicts"], case .object(let verdict)? = verdicts.first
    else {
      Issue.record("no verdict")
      return
    }
    #expect(verdict["straight"] == .array([.null, .number(0)]) && verdict["swapped"] == nil)
  }
}
