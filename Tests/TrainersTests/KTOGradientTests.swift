#if LibTorch
  import Foundation
  import PreferenceData
  import RunRecords
  import Testing
  import TrainingConfiguration

  /// The engine's gradient against differences of the loss, through whole runs.
  ///
  /// AdamW's first step moves a weight by −η g / (|g| + ε). With η = ε = 10⁶ that is −g to six digits,
  /// so the trained weights show the gradient. z and δ are constants of the loss but not of the runs,
  /// so the quotients are of the formula at their first value: of two completions, one of each class,
  /// the logged rewards are those of the formula.
  @Suite("The gradient of a KTO run")
  struct KTOGradientTests {
    struct Loss: CustomTestStringConvertible, Sendable {
      let type: KTOLossChoice
      var weights = (desirable: 1.0, undesirable: 1.0)
      var testDescription: String { "\(type) \(weights)" }

      static let all =
        KTOLossChoice.allCases.map { Loss(type: $0) }
        + KTOLossChoice.allCases.map { Loss(type: $0, weights: (1.5, 0.75)) }

      /// The mean loss of a desirable and an undesirable completion, as the papers write it.
      func value(chosen: Double, rejected: Double, beta: Double, point: Double) -> Double {
        func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
        let values =
          switch type {
          case .kto: (1 - sigmoid(chosen - beta * point), 1 - sigmoid(beta * point - rejected))
          case .apoZeroUnpaired: (1 - sigmoid(chosen), sigmoid(rejected))
          case .bco: (-log(sigmoid(chosen - point)), -log(sigmoid(point - rejected)))
          }
        return (weights.desirable * values.0 + weights.undesirable * values.1) / 2
      }
    }

    private let folder: TemporaryFolder
    private let reference: String
    private let file: String

    /// A reference that finds everything less likely than the model does, so that z is above 0.
    init() throws {
      folder = try TemporaryFolder()
      var model = try EditedModel(in: folder, name: "reference")
      for index in 0..<(try model.count(of: "model.norm.weight")) {
        model["model.norm.weight", index] *= 1.5
      }
      try model.save()
      reference = model.directory
      file = try folder.write(judged: Array(UnpairedFixture.rows().prefix(2)), to: "two.jsonl")
    }

    private let beta = 0.05

    private func firstStep(_ loss: Loss, name: String, model: String) throws -> UnpairedRun {
      try UnpairedRun(in: folder, name: name, existing: .overwrite) {
        $0.model = model
        $0.referenceModel = reference
        $0.data.files = [file]
        $0.lossType = loss.type
        $0.desirableWeight = loss.weights.desirable
        $0.undesirableWeight = loss.weights.undesirable
        $0.beta = beta
        $0.optimizer.learningRate = 1e6
        $0.optimizer.adamEpsilon = 1e6
        $0.optimizer.maxGradNorm = 0
        $0.batches.maxSteps = 1
      }
    }

    private func rewards(_ run: UnpairedRun) throws -> (chosen: Double, rejected: Double) {
      (try run.values(.chosenReward)[0], try run.values(.rejectedReward)[0])
    }

    private struct Slope {
      var norm: Double
      var byTensor: [String: [Double]] = [:]
      /// z or δ where the gradient was taken.
      var point = 0.0
    }

    private func gradient(_ loss: Loss) throws -> Slope {
      let run = try firstStep(loss, name: "gradient", model: Fixture.model)
      let before = try tensorsOfModel(at: Fixture.model)
      let after = try tensorsOfModel(at: run.directory)
      var slope = Slope(norm: try run.values(.gradientNorm)[0])
      for (name, old) in before {
        slope.byTensor[name] = zip(old, try #require(after[name])).map { $0 - $1 }
      }
      let values = run.entries[0].values
      slope.point =
        values[MetricName(rawValue: "kl")] ?? values[MetricName(rawValue: "delta")] ?? 0
      if loss.type == .kto { #expect(slope.point > 1) }
      let rewards = try rewards(run)
      let expected = loss.value(
        chosen: rewards.chosen, rejected: rewards.rejected, beta: beta, point: slope.point)
      #expect(relativeDeviation(try run.values(.loss)[0], from: expected) < 1e-12)
      return slope
    }

    /// The loss of a moved model, at the first model's z or δ.
    private func value(_ loss: Loss, _ model: EditedModel, at point: Double) throws -> Double {
      try model.save()
      let rewards = try rewards(firstStep(loss, name: "moved-run", model: model.directory))
      return loss.value(
        chosen: rewards.chosen, rejected: rewards.rejected, beta: beta, point: point)
    }

    @Test("it is not zero, in any tensor, and has the norm that is logged", arguments: Loss.all)
    func nonZero(loss: Loss) throws {
      let slope = try gradient(loss)
      for (name, values) in slope.byTensor { #expect(norm(values) > 1e-4, "\(name)") }
      let length = norm(slope.byTensor.values.flatMap { $0 })
      #expect(relativeDeviation(length, from: slope.norm) < 1e-4)
    }

    @Test("along it, the loss rises as steeply as its norm says", arguments: Loss.all)
    func steepest(loss: Loss) throws {
      let slope = try gradient(loss)
      let distance = 4e-3
      func moved(_ sign: Double) throws -> Double {
        var model = try EditedModel(in: folder, name: "moved")
        for (name, values) in slope.byTensor {
          for (index, value) in values.enumerated() {
            model[name, index] += Float(sign * distance * value / slope.norm)
          }
        }
        return try value(loss, model, at: slope.point)
      }
      let quotient = (try moved(1) - moved(-1)) / (2 * distance)
      #expect(relativeDeviation(quotient, from: slope.norm) < 1e-3)
    }

    @Test("by single weights it is the difference quotient of the loss", arguments: Loss.all)
    func singleWeights(loss: Loss) throws {
      let slope = try gradient(loss)
      var random = SeededGenerator(seed: 5)
      let names = slope.byTensor.keys.sorted()
      for _ in 0..<4 {
        let name = names[Int(random.uniform(below: UInt64(names.count)))]
        let values = try #require(slope.byTensor[name])
        // Of some weights that chance picks, the one whose effect stands out of the rounding.
        let candidates = (0..<64).map { _ in Int(random.uniform(below: UInt64(values.count))) }
        let index = try #require(candidates.max { abs(values[$0]) < abs(values[$1]) })
        let distance = 8e-3
        func moved(_ sign: Double) throws -> Double {
          var model = try EditedModel(in: folder, name: "moved")
          model[name, index] += Float(sign * distance)
          return try value(loss, model, at: slope.point)
        }
        let quotient = (try moved(1) - moved(-1)) / (2 * distance)
        #expect(
          relativeDeviation(quotient, from: values[index]) < 5e-3,
          "\(name)[\(index)]: \(quotient), but the gradient is \(values[index])")
      }
    }

    @Test("on the fixture it is not zero either", arguments: KTOLossChoice.allCases)
    func fixture(type: KTOLossChoice) throws {
      let run = try UnpairedRun(in: folder) { $0.lossType = type }
      #expect(try run.values(.gradientNorm).allSatisfy { $0 > 1 })
    }
  }
#endif
