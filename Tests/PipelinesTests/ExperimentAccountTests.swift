#if LibTorch
  import Foundation
  import Reports
  import Testing

  @testable import Pipelines

  @Suite("What experiments say about their rows")
  struct ExperimentAccountTests {
    /// A measurement that is known.
    private func measured(_ value: Double, _ error: Double = 0.01) throws -> PolicyMeasurement.Mean
    {
      try JSONDecoder().decode(
        PolicyMeasurement.Mean.self, from: Data("{\"value\": \(value), \"error\": \(error)}".utf8))
    }

    @Test("the law that rows were made by is found again, with R² = 1 and its peak")
    func law() throws {
      let experiment = OveroptimizationExperiment(size: .quick)
      let proxy = experiment.proxies[0]
      // 0.5 + d(0.4 − 0.2 d): greatest at d = 1, where it is 0.7.
      let rows = try [0, 0.5, 1, 1.5, 2].map { d in
        OveroptimizationExperiment.Row(
          method: .bestOfN, proxy: proxy, count: Int(2 * d) + 1, divergence: try measured(d * d, 0),
          gold: try measured(0.5 + d * (0.4 - 0.2 * d)), score: try measured(d))
      }
      let account = experiment.account(of: rows)
      #expect(
        account.findings == [
          "best of n: in 1 of 1 settings gold falls from its best while the proxy goes on rising, by 0.200. The "
            + "law fits with R² of 1.000."
        ])
      guard case .table(let table)? = account.sections.first?.blocks.first else {
        Issue.record("there is no table")
        return
      }
      #expect(table.rows[0][3...6].map { Double($0.text) } == [0.4, 0.2, 1, 1])
    }

    @Test("the front is of all methods, and the best of each is named")
    func frontier() throws {
      func row(
        _ method: FrontierExperiment.Method, _ beta: Double?, _ kl: Double, _ gold: Double
      ) throws -> FrontierExperiment.Row {
        FrontierExperiment.Row(
          method: method, beta: beta, count: 7, gold: try measured(gold),
          divergence: try measured(kl),
          length: nil)
      }
      let rows = try [
        row(.bestOfN, nil, 1, 0.6), row(.dpo, 0.1, 2, 0.7), row(.dpo, 0.3, 3, 0.65),
        row(.ppo, 0.05, 0.5, 0.5),
      ]
      let account = FrontierExperiment(size: .quick).account(of: rows)
      #expect(
        account.findings == [
          "best of n comes to a gold score of 0.600 (± 0.010) at 1.00 nats, with n = 7.",
          "DPO comes to a gold score of 0.700 (± 0.010) at 2.00 nats, with beta 0.1, step 7.",
          "PPO comes to a gold score of 0.500 (± 0.010) at 0.500 nats, with beta 0.05, step 7.",
          "Of the 3 points that no other beats on both axes: best of n 1, DPO 1, PPO 1, RLOO 0.",
        ])
    }

    @Test(
      "ensembles are compared at one distance: 5 nats, or the end of a run that does not come so far"
    )
    func ensembles() throws {
      // √KL of 0, 1, 2, 4: √5 lies 0.118 of the way from 2 to 4, where gold goes from 0.8 to 0.4.
      let golds: [(number: Int, kl: [Double], gold: [Double])] = [
        (1, [0, 1, 4, 16], [0.5, 0.9, 0.8, 0.4]), (2, [0, 1, 2, 3], [0.5, 0.6, 0.7, 0.6]),
      ]
      let rows = try golds.flatMap { run in
        try zip(run.kl, run.gold).enumerated().map { step, point in
          EnsemblesExperiment.Row(
            method: .ppo, judge: .single, noise: 0.25, number: run.number, count: step,
            divergence: try measured(point.0), gold: try measured(point.1))
        }
      }
      let account = EnsemblesExperiment(size: .quick).account(of: rows)
      // 0.8 − 0.4 · 0.118 = 0.7528 and 0.6; below 0.9 and 0.7 by 0.1472 and 0.1.
      #expect(
        account.findings == [
          "PPO, 25 % flipped: gold at 5 nats is 0.676 by one model (0.124 below its best)."
        ])
    }

    @Test("an objective is better or worse than DPO only beyond two standard errors")
    func noise() throws {
      func rows(
        _ objective: NoiseExperiment.Objective, _ golds: [Double]
      ) throws -> [NoiseExperiment.Row] {
        try golds.enumerated().map { seed, gold in
          NoiseExperiment.Row(
            objective: objective, noise: 0.3, seed: UInt64(seed), accuracy: 0.7,
            gold: try measured(gold, 0.02), divergence: try measured(1))
        }
      }
      // Standard errors over three seeds: 0.1/√3 = 0.0577 each, 0.0816 together.
      let account = NoiseExperiment(size: .full).account(
        of: try rows(.dpo, [0.4, 0.5, 0.6]) + rows(.robust, [0.7, 0.8, 0.9])
          + rows(.conservative, [0.5, 0.6, 0.7]) + rows(.ipo, [0.2, 0.3, 0.1]))
      let words = account.findings.map { finding in
        ["no difference beyond chance (± 0.082)", "better than DPO (± 0.082)", "worse than DPO"]
          .firstIndex { finding.contains($0) }
      }
      #expect(words == [0, 1, 2])
      // One seed: the error is that over prompts.
      let single = NoiseExperiment(size: .quick).account(
        of: try rows(.dpo, [0.5]) + rows(.robust, [0.54]))
      #expect(single.findings.count == 1)
      #expect(single.findings.allSatisfy { $0.contains("no difference beyond chance (± 0.028)") })
    }

    @Test("methods are compared by mean and deviation over seeds, time and memory")
    func comparison() throws {
      let rows = try [(0.6, 10.0, 100.0), (0.8, 20, 300)].enumerated().map { seed, value in
        CompareExperiment.Row(
          method: .dpo, seed: UInt64(seed), gold: try measured(value.0),
          divergence: try measured(1.5),
          length: 12, seconds: value.1, megabytes: value.2)
      }
      // The sample deviation of 0.6 and 0.8 is 0.2/√2.
      #expect(
        CompareExperiment(size: .quick).account(of: rows).findings == [
          "DPO: gold 0.700, standard deviation over 2 seeds 0.141, at 1.50 nats, in 15 s with 200 MB."
        ])
    }

    @Test("the parts of every experiment have names of their own, at both sizes")
    func parts() {
      func check(_ experiment: some Experiment) {
        let names = experiment.parts.map { "\($0)" }
        #expect(Set(names).count == names.count && !names.isEmpty)
      }
      for size in [ExperimentSize.quick, .full] {
        check(FrontierExperiment(size: size))
        check(OveroptimizationExperiment(size: size))
        check(EnsemblesExperiment(size: size))
        check(NoiseExperiment(size: size))
        check(CompareExperiment(size: size))
      }
    }
  }
#endif
