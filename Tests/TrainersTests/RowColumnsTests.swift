#if LibTorch
  import Foundation
  import RunRecords
  import Testing
  import Trainers
  import TrainingConfiguration

  @Suite("What rows carry beside their texts")
  struct RowColumnsTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// The loss of the first step on the fixture's first two pairs, with more fields on the first.
    ///
    /// There the policy is the reference, so that values are known by hand.
    private func run(
      _ name: String, _ fields: [String: Double],
      _ change: (inout DPOConfiguration) -> Void = { _ in }
    ) throws -> TrainingRun {
      var rows = try Fixture.rows().prefix(2).map { $0.mapValues { $0 as Any } }
      rows[0].merge(fields) { $1 }
      let lines = try rows.map {
        String(decoding: try JSONSerialization.data(withJSONObject: $0), as: UTF8.self) + "\n"
      }
      let file = try folder.write(lines.joined(), to: "\(name).jsonl")
      return try TrainingRun(in: folder, name: name) {
        $0.data.files = [file]
        $0.batches.maxSteps = 1
        change(&$0)
      }
    }

    @Test("a weight multiplies the loss of its pair: (2.5 · log 2 + log 2) / 2")
    func weight() throws {
      let run = try run("weight", ["weight": 2.5])
      #expect(abs(try run.values(.loss)[0] - 1.75 * log(2)) < 1e-6)
      #expect(run.notes == ["1 pairs carry a weight, a confidence or an agreement"])
    }

    @Test("a margin is what the rewards are to differ by: −log σ(0 − 1) = 1.3132617")
    func margin() throws {
      let run = try run("margin", ["margin": 1])
      #expect(abs(try run.values(.loss)[0] - (1.3132617 + log(2)) / 2) < 1e-6)
      #expect(run.notes == ["1 pairs carry a margin, by which their rewards are to differ"])
    }

    @Test("agreement is a weight, a probability or nothing")
    func agreement() throws {
      // (0.75 · log 2 + log 2) / 2; at the start both ways round cost log 2.
      let weighted = try run("weighted", ["agreement": 0.75])
      #expect(abs(try weighted.values(.loss)[0] - 0.875 * log(2)) < 1e-6)
      let ignored = try run("ignored", ["agreement": 0.75]) { $0.agreement = .ignore }
      #expect(abs(try ignored.values(.loss)[0] - log(2)) < 1e-6)
      #expect(ignored.notes == [])
      let probable = try run("probable", ["agreement": 0.75]) { $0.agreement = .probability }
      #expect(abs(try probable.values(.loss)[0] - log(2)) < 1e-6)
      #expect(probable.notes == ["1 pairs are as they were judged with a probability only"])
      #expect(try probable.values(.gradientNorm) != ignored.values(.gradientNorm))
    }

    @Test("all pairs of one probability train as label smoothing does")
    func smoothing() throws {
      let rows = try Fixture.rows().map { row in
        let fields = row.mapValues { $0 as Any }.merging(["agreement": 0.8]) { $1 }
        return String(decoding: try JSONSerialization.data(withJSONObject: fields), as: UTF8.self)
      }
      let file = try folder.write(rows.joined(separator: "\n") + "\n", to: "shared.jsonl")
      let probable = try TrainingRun(in: folder, name: "probable") {
        $0.data.files = [file]
        $0.agreement = .probability
      }
      let smoothed = try TrainingRun(in: folder, name: "smoothed") { $0.labelSmoothing = 0.2 }
      let losses = zip(try probable.values(.loss), try smoothed.values(.loss))
      #expect(losses.allSatisfy { abs($0 - $1) < 1e-6 })
    }

    @Test("a loss that has no use for margins says so")
    func unusedMargin() throws {
      let run = try run("unused", ["margin": 1]) { $0.lossTypes = [.bcoPair] }
      #expect(abs(try run.values(.loss)[0] - 2 * log(2)) < 1e-6)
      #expect(run.notes == ["1 pairs carry a margin, which this loss_type does not use"])
    }

    @Test("a loss that sorts the sides of a batch apart refuses weights, before it trains")
    func coupled() throws {
      let error = #expect(throws: TrainingError.self) {
        try run("coupled", ["weight": 2]) { $0.lossTypes = [.aot] }
      }
      #expect(error?.description.contains("coupled.jsonl:1: carries a weight") == true)
      #expect(!folder.names(in: "").contains("coupled"))
    }
  }
#endif
