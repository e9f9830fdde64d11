#if LibTorch
  import Foundation
  import Reports
  import Testing

  @testable import Pipelines

  @Suite("What the experiment on constitutions says about its rows")
  struct ConstitutionAccountTests {
    private typealias Row = ConstitutionExperiment.Row

    private func measured(_ value: Double, _ error: Double = 0.01) throws -> PolicyMeasurement.Mean
    {
      try JSONDecoder().decode(
        PolicyMeasurement.Mean.self, from: Data("{\"value\": \(value), \"error\": \(error)}".utf8))
    }

    /// Answers after each revision, and how sure the gain of each is.
    private func steps(_ values: [Double], errors: [Double]) throws -> [Row] {
      try values.indices.map { step in
        Row(
          stage: "revisions", revisions: step, harmlessness: try measured(values[step]),
          gain: step == 0
            ? nil : try measured(values[step] - values[step - 1], errors[step - 1]))
      }
    }

    private func findings(_ rows: [Row]) -> [String] {
      ConstitutionExperiment(size: .full).account(of: rows).findings
    }

    @Test("revisions rise as long as each gain exceeds two standard errors")
    func revisions() throws {
      let beginning =
        "Revisions: gold harmlessness of answers to harmful prompts goes from 0.250 to "
      // 0.25 > 0.2, 0.125 > 0.1; 0.0625 < 0.08, and what comes after that does not count.
      let rows = try steps([0.25, 0.5, 0.625, 0.6875, 0.9375], errors: [0.1, 0.05, 0.04, 0.01])
      #expect(
        findings(rows) == [
          beginning
            + "0.938 in 4; the first 2 of them raise it beyond two standard errors each, by "
            + "0.250, 0.125."
        ])
      #expect(
        findings(try steps([0.25, 0.375], errors: [0.1])) == [
          beginning + "0.375 in 1; not even the first raises it beyond two standard errors."
        ])
      #expect(findings(Array(rows.prefix(1))).isEmpty && findings([]).isEmpty)
    }

    private func stages(soft: [Double], hard: [Double]) throws -> [Row] {
      var rows = [
        Row(
          stage: "helpful model", harmlessness: try measured(0.25), helpfulness: try measured(0.8),
          evasive: 0.5, overRefusal: 0.125),
        Row(
          stage: "fine-tuned on revisions", harmlessness: try measured(0.75),
          gain: try measured(0.5, 0.02), helpfulness: try measured(0.76),
          helpfulnessGain: try measured(-0.04), evasive: 0.25, overRefusal: 0),
      ]
      for (labels, values, accuracy) in [
        (ConstitutionExperiment.Labels.softBoth, soft, 0.75), (.hardOne, hard, 0.5),
      ] {
        for (index, value) in values.enumerated() {
          rows.append(
            Row(
              stage: "DPO on labels", labels: labels, seed: UInt64(index + 1),
              harmlessness: try measured(value), gain: try measured(value - 0.25, 0.03),
              flips: labels == .softBoth ? 0.25 : nil, labelAccuracy: accuracy))
        }
      }
      return rows
    }

    @Test("stages are held against the helpful model, by prompt, with what they cost")
    func stages() throws {
      let seen = findings(try stages(soft: [0.875], hard: []))
      #expect(
        seen.first
          == "Fine-tuning on revisions: held-out gold harmlessness 0.750 against 0.250 of the "
          + "helpful model, by prompt +0.500 ± 0.040; helpfulness 0.760 against 0.800, −5.0 ± 2.5 %."
      )
      #expect(
        seen.dropFirst().first
          == "And DPO on the model's own labels (soft, both orders): held-out gold "
          + "harmlessness 0.875 against 0.250 of the helpful model, by prompt +0.625 ± 0.060.")
      // Nothing to hold the labels against.
      #expect(seen.count == 3)
      #expect(
        try #require(seen.last).contains("helpful model 50")
          && #require(seen.last).hasPrefix("Refusals that are evasive: "))
    }

    @Test(
      "kinds of labels differ only beyond two standard errors over seeds",
      arguments: [
        // Differences of 0.125, −0.125 and 0.0625; of 0.25, 0.25 and 0.125; and the reverse.
        ([0.75, 0.75, 0.75], [0.625, 0.875, 0.6875], "no difference beyond chance here."),
        ([0.75, 0.75, 0.75], [0.5, 0.5, 0.625], "better."),
        ([0.5, 0.5, 0.625], [0.75, 0.75, 0.75], "worse."), ([0.75], [0.5], "no difference"),
      ])
    func labels(soft: [Double], hard: [Double], verdict: String) throws {
      let seen = findings(try stages(soft: soft, hard: hard))
      let finding = try #require(seen.first { $0.hasPrefix("Labels that gold") })
      #expect(finding.contains(": \(verdict)"))
      #expect(finding.contains("soft, both orders 75") && finding.contains("hard, one order 50"))
      #expect(finding.contains("The two orders name different answers in 25"))
    }

    @Test("over seeds there is a mean with its deviation")
    func seeds() throws {
      let seen = findings(try stages(soft: [0.5, 0.625, 0.75], hard: []))
      #expect(seen[1].hasSuffix(" Over 3 seeds the mean is 0.625, the deviation 0.125."))
    }

    @Test("the page has both pictures and a table of all rows; parts have names of their own")
    func account() throws {
      let rows =
        try steps([0.25, 0.5], errors: [0.1]) + stages(soft: [0.75], hard: [0.5])
      let account = ConstitutionExperiment(size: .quick).account(of: rows)
      #expect(account.figures.map(\.name) == ["revisions", "harmlessness"])
      guard case .table(let table)? = account.sections.first?.blocks.first else {
        Issue.record("there is no table")
        return
      }
      #expect(table.rows.count == rows.count)
      #expect(
        table.rows.map { $0[0].text } == [
          "revision 0", "revision 1", "helpful model", "fine-tuned on revisions",
          "DPO, soft, both orders, seed 1", "DPO, hard, one order, seed 1",
        ])
      for (size, count) in [(ExperimentSize.quick, 3 + 4), (.full, 3 + 12)] {
        #expect(Set(ConstitutionExperiment(size: size).parts.map { "\($0)" }).count == count)
      }
    }
  }
#endif
