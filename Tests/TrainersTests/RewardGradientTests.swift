#if LibTorch
  import PreferenceData
  import RunRecords
  import Testing
  import TrainingConfiguration

  /// The engine's gradient against differences of the loss, through whole runs: AdamW's first step
  /// with η = ε = 10⁶ moves a weight by minus its gradient. See ``GradientAgreementTests``.
  @Suite("The gradient of a run of reward")
  struct RewardGradientTests {
    /// What is minimised, and the rows that it is about.
    struct Loss: CustomTestStringConvertible, Sendable {
      let testDescription: String
      var rows: @Sendable () throws -> [any Encodable] = { try RewardFixture.rows() }
      var settings: @Sendable (inout RewardConfiguration) -> Void = { _ in }

      static let all: [Loss] = [
        Loss(testDescription: "pairs"),
        Loss(testDescription: "margins of rows", rows: { try RewardFixture.rows(margins: true) }),
        Loss(testDescription: "one margin", settings: { $0.margin = 0.7 }),
        Loss(testDescription: "centring", settings: { $0.centerRewardsCoefficient = 0.3 }),
        Loss(testDescription: "Plackett-Luce", rows: { try RewardFixture.rankings() }) {
          $0.centerRewardsCoefficient = 0.1
        },
        Loss(testDescription: "all pairs", rows: { try RewardFixture.rankings() }) {
          $0.rankingLoss = .allPairs
        },
        Loss(
          testDescription: "smoothness",
          settings: {
            $0.smoothnessCoefficient = 0.5
            $0.smoothnessDrop = 0.3
          }),
        Loss(testDescription: "L2", settings: { $0.l2Coefficient = 0.01 }),
        Loss(testDescription: "agreement as probability, weights", rows: Self.uncertain) {
          $0.agreement = .probability
        },
        Loss(testDescription: "agreement as weight", rows: Self.uncertain),
      ]

      private static let uncertain: @Sendable () throws -> [any Encodable] = {
        try RewardFixture.rows().enumerated().map { index, row in
          var row = row
          row.agreement = [1, 0.75, 0.6][index % 3]
          row.weight = [1, 2, 0.5, 0.25][index % 4]
          return row
        }
      }
    }

    private let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    private func firstStep(_ loss: Loss, name: String, model: String) throws -> RewardRun {
      try RewardRun(in: folder, name: name, existing: .overwrite) {
        $0.model = model
        $0.data.files = [try folder.write(loss.rows().map(AnyEncodable.init), to: "rows.jsonl")]
        loss.settings(&$0)
        $0.optimizer.learningRate = 1e6
        $0.optimizer.adamEpsilon = 1e6
        $0.optimizer.maxGradNorm = 0
        $0.batches.batchSize = 8
        $0.batches.maxSteps = 1
      }
    }

    private func gradient(_ loss: Loss) throws -> (norm: Double, byTensor: [String: [Double]]) {
      let run = try firstStep(loss, name: "gradient", model: RewardFixture.llama)
      let before = try tensorsOfRewardModel(at: RewardFixture.llama)
      let after = try run.tensors()
      var gradient: [String: [Double]] = [:]
      for (name, old) in before {
        gradient[name] = zip(old, try #require(after[name])).map { $0 - $1 }
      }
      return (try run.values(.gradientNorm)[0], gradient)
    }

    @Test("it is not zero, in any tensor, and has the norm that is logged", arguments: Loss.all)
    func nonZero(loss: Loss) throws {
      let (logged, gradient) = try gradient(loss)
      #expect(gradient.keys.contains("score.weight"))
      for (name, values) in gradient { #expect(norm(values) > 1e-4, "\(name)") }
      #expect(relativeDeviation(norm(gradient.values.flatMap { $0 }), from: logged) < 1e-4)
    }

    /// Along its own direction the loss rises by ‖g‖ a unit, which no wrong direction does.
    @Test("along it, the loss rises as steeply as its norm says", arguments: Loss.all)
    func steepest(loss: Loss) throws {
      let (length, gradient) = try gradient(loss)
      let distance = 2e-4
      func value(_ sign: Double) throws -> Double {
        var model = try EditedModel(in: folder, name: "moved", of: RewardFixture.llama)
        for (name, values) in gradient {
          for (index, value) in values.enumerated() {
            model[name, index] += Float(sign * distance * value / length)
          }
        }
        try model.save()
        return try firstStep(loss, name: "moved-run", model: model.directory).values(.loss)[0]
      }
      let slope = (try value(1) - value(-1)) / (2 * distance)
      #expect(relativeDeviation(slope, from: length) < 2e-3)
    }

    @Test("by single weights it is the difference quotient of the loss", arguments: Loss.all)
    func singleWeights(loss: Loss) throws {
      let (_, gradient) = try gradient(loss)
      var random = SeededGenerator(seed: 5)
      let names = gradient.keys.sorted()
      for _ in 0..<4 {
        let name = names[Int(random.uniform(below: UInt64(names.count)))]
        let values = try #require(gradient[name])
        let index = try #require(values.indices.max { abs(values[$0]) < abs(values[$1]) })
        let distance = 1e-3
        func value(_ sign: Double) throws -> Double {
          var model = try EditedModel(in: folder, name: "moved", of: RewardFixture.llama)
          model[name, index] += Float(sign * distance)
          try model.save()
          return try firstStep(loss, name: "moved-run", model: model.directory).values(.loss)[0]
        }
        let slope = (try value(1) - value(-1)) / (2 * distance)
        #expect(
          relativeDeviation(slope, from: values[index]) < 5e-3,
          "\(name)[\(index)]: \(slope), but the gradient is \(values[index])")
      }
    }

    @Test("L2 adds the sum of squares of the matrices, and twice each weight")
    func weightPenalty() throws {
      let plain = try gradient(Loss(testDescription: "pairs"))
      let loss = Loss(testDescription: "L2", settings: { $0.l2Coefficient = 0.01 })
      let run = try firstStep(loss, name: "penalized", model: RewardFixture.llama)
      let weights = try tensorsOfRewardModel(at: RewardFixture.llama)
        .filter { !$0.key.contains("norm") }
      let squares = weights.values.joined().reduce(0) { $0 + $1 * $1 }
      #expect(relativeDeviation(try run.values(.weightPenalty)[0], from: 0.01 * squares) < 1e-5)
      let penalized = try gradient(loss).byTensor
      for (name, weights) in weights {
        let (with, without) = (try #require(penalized[name]), try #require(plain.byTensor[name]))
        for index in weights.indices {
          #expect(abs(with[index] - without[index] - 0.02 * weights[index]) < 2e-4)
        }
      }
    }

    /// Frozen backbones read what was computed before: a gradient of the heads alone.
    @Test("of heads alone it is the difference quotient too", arguments: [1, 3])
    func heads(members: Int) throws {
      @Sendable func change(_ settings: inout RewardConfiguration) {
        settings.backbone = .frozen
        settings.headType = .mlp
        settings.headHiddenSize = 8
        settings.headDropout = 0
        settings.ensembleSize = members
      }
      let start = try RewardRun(in: folder, name: "start-\(members)") {
        $0.model = Fixture.model
        $0.batches.maxSteps = 3
        change(&$0)
      }.directory
      let loss = Loss(testDescription: "heads", settings: change)
      let run = try firstStep(loss, name: "step-\(members)", model: start)
      let (before, after) = (try tensorsOfRewardModel(at: start), try run.tensors())
      for name in before.keys where !name.hasPrefix("heads.") {
        #expect(before[name] == after[name], "\(name)")
      }
      for name in before.keys.filter({ $0.hasPrefix("heads.") }).sorted() {
        let old = try #require(before[name])
        let gradient = zip(old, try #require(after[name])).map { $0 - $1 }
        let index = try #require(gradient.indices.max { abs(gradient[$0]) < abs(gradient[$1]) })
        // A constant added to all scores of a member changes no loss.
        if name.hasSuffix("output.bias") {
          #expect(norm(gradient) < 1e-6, "\(name)")
          continue
        }
        #expect(norm(gradient) > 1e-5, "\(name)")
        func value(_ sign: Double) throws -> Double {
          var model = try EditedModel(
            in: folder, name: "moved-\(members)", of: start, weights: "reward_heads.safetensors")
          model[name, index] += Float(sign * 1e-3)
          try model.save()
          return try firstStep(loss, name: "moved-run", model: model.directory).values(.loss)[0]
        }
        let slope = (try value(1) - value(-1)) / 2e-3
        #expect(
          abs(slope - gradient[index]) < 1e-2 * abs(gradient[index]) + 1e-5,
          "\(name)[\(index)]: \(slope), but the gradient is \(gradient[index])")
      }
    }
  }

  /// Rows of different forms in one list.
  struct AnyEncodable: Encodable {
    let value: any Encodable
    init(_ value: any Encodable) { self.value = value }
    func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
  }
#endif
