#if LibTorch
  import PreferenceData
  import RunRecords
  import Testing
  import TrainingConfiguration

  /// The engine's gradient against differences of the loss, through whole runs.
  ///
  /// AdamW's first step moves a weight by −η g / (|g| + ε). With η = ε = 10⁶ that is −g to six
  /// digits, so the trained weights show the gradient.
  @Suite("The gradient of a run")
  struct GradientAgreementTests {
    struct Loss: CustomTestStringConvertible, Sendable {
      let testDescription: String
      let type: DPOLossChoice
      var labelSmoothing = 0.0
      var needsReference: Bool { ![.sft, .simpo, .cpo, .orpo].contains(type) }

      static let all =
        [
          Loss(testDescription: "sigmoid", type: .sigmoid),
          Loss(testDescription: "sigmoid, smoothed", type: .sigmoid, labelSmoothing: 0.2),
        ]
        + DPOLossChoice.allCases.filter { $0 != .sigmoid }.map {
          Loss(testDescription: $0.rawValue, type: $0, labelSmoothing: $0 == .exoPair ? 0.1 : 0)
        }
    }

    private func firstStep(
      _ loss: Loss, in folder: TemporaryFolder, name: String, model: String
    ) throws -> TrainingRun {
      try TrainingRun(in: folder, name: name, existing: .overwrite) {
        $0.model = model
        $0.referenceModel = loss.needsReference ? Fixture.model : nil
        $0.lossTypes = [loss.type]
        $0.labelSmoothing = loss.labelSmoothing
        // At its usual 0.05 the gate turns within the distances that the quotients are taken over.
        if loss.type == .discopop { $0.discopopTau = 5 }
        $0.optimizer.learningRate = 1e6
        $0.optimizer.adamEpsilon = 1e6
        $0.optimizer.maxGradNorm = 0
        $0.batches.maxSteps = 1
      }
    }

    /// The gradient by each weight of the fixture's model: tensor by tensor, in their names' order.
    private func gradient(
      _ loss: Loss, in folder: TemporaryFolder
    ) throws -> (norm: Double, byTensor: [String: [Double]]) {
      let run = try firstStep(loss, in: folder, name: "gradient", model: Fixture.model)
      let before = try tensorsOfModel(at: Fixture.model)
      let after = try tensorsOfModel(at: run.directory)
      var gradient: [String: [Double]] = [:]
      for (name, old) in before {
        gradient[name] = zip(old, try #require(after[name])).map { $0 - $1 }
      }
      return (try run.values(.gradientNorm)[0], gradient)
    }

    @Test("it is not zero, in any tensor, and has the norm that is logged", arguments: Loss.all)
    func nonZero(loss: Loss) throws {
      let folder = try TemporaryFolder()
      let (logged, gradient) = try gradient(loss, in: folder)
      for (name, values) in gradient { #expect(norm(values) > 1e-3, "\(name)") }
      #expect(relativeDeviation(norm(gradient.values.flatMap { $0 }), from: logged) < 1e-4)
    }

    /// Along its own direction the loss rises by ‖g‖ a unit, which no wrong direction does.
    ///
    /// The two losses differ by some 10⁻² and are rounded at 10⁻⁷ of a sum of log probabilities.
    @Test("along it, the loss rises as steeply as its norm says", arguments: Loss.all)
    func steepest(loss: Loss) throws {
      let folder = try TemporaryFolder()
      let (length, gradient) = try gradient(loss, in: folder)
      let distance = 2e-3
      func value(_ sign: Double) throws -> Double {
        var model = try EditedModel(in: folder, name: "moved")
        for (name, values) in gradient {
          for (index, value) in values.enumerated() {
            model[name, index] += Float(sign * distance * value / length)
          }
        }
        try model.save()
        return try firstStep(loss, in: folder, name: "moved-run", model: model.directory)
          .values(.loss)[0]
      }
      let slope = (try value(1) - value(-1)) / (2 * distance)
      #expect(relativeDeviation(slope, from: length) < 2e-4)
    }

    @Test("by single weights it is the difference quotient of the loss", arguments: Loss.all)
    func singleWeights(loss: Loss) throws {
      let folder = try TemporaryFolder()
      let (_, gradient) = try gradient(loss, in: folder)
      var random = SeededGenerator(seed: 5)
      let names = gradient.keys.sorted()
      for _ in 0..<6 {
        let name = names[Int(random.uniform(below: UInt64(names.count)))]
        let values = try #require(gradient[name])
        // Of some weights that chance picks, the one whose effect stands out of the rounding.
        let candidates = (0..<64).map { _ in Int(random.uniform(below: UInt64(values.count))) }
        let index = try #require(candidates.max { abs(values[$0]) < abs(values[$1]) })
        let distance = 4e-3
        func value(_ sign: Double) throws -> Double {
          var model = try EditedModel(in: folder, name: "moved")
          model[name, index] += Float(sign * distance)
          try model.save()
          return try firstStep(loss, in: folder, name: "moved-run", model: model.directory)
            .values(.loss)[0]
        }
        let slope = (try value(1) - value(-1)) / (2 * distance)
        #expect(
          relativeDeviation(slope, from: values[index]) < 2e-3,
          "\(name)[\(index)]: \(slope), but the gradient is \(values[index])")
      }
    }
  }
#endif
