#if LibTorch
  import PreferenceData
  import RunRecords
  import Testing
  import TrainingConfiguration

  /// The engine's gradient against differences of the loss, through whole runs.
  ///
  /// AdamW's first step moves a weight by −η g / (|g| + ε). With η = ε = 10⁶ that is −g to six
  /// digits, so the trained weights show the gradient. The dynamic loss has no such quotient, for
  /// its weights are taken as constants; its gradients are compared with TRL's.
  @Suite("The gradient of a supervised run")
  struct SupervisedGradientTests {
    struct Loss: CustomTestStringConvertible, Sendable {
      let testDescription: String
      let apply: @Sendable (inout SupervisedConfiguration) -> Void

      static let all = [
        Loss(testDescription: "plain") { _ in },
        Loss(testDescription: "everything") { $0.completionOnlyLoss = false },
        Loss(testDescription: "assistant's turns") { $0.assistantOnlyLoss = true },
        Loss(testDescription: "label smoothing") { $0.labelSmoothing = 0.3 },
        Loss(testDescription: "length penalty") { $0.lengthPenalty = 20 },
        Loss(testDescription: "repetition penalty") { $0.repetitionPenalty = 5 },
        Loss(testDescription: "all of them") {
          $0.labelSmoothing = 0.2
          $0.lengthPenalty = 3
          $0.repetitionPenalty = 2
          $0.batches.microBatchSize = 3
        },
      ]
    }

    private func firstStep(
      _ loss: Loss, in folder: TemporaryFolder, name: String, model: String
    ) throws -> SupervisedRun {
      try SupervisedRun(in: folder, name: name, existing: .overwrite) {
        $0.model = model
        $0.optimizer.learningRate = 1e6
        $0.optimizer.adamEpsilon = 1e6
        $0.optimizer.maxGradNorm = 0
        $0.batches.batchSize = 8
        $0.batches.maxSteps = 1
        loss.apply(&$0)
      }
    }

    private func gradient(
      _ loss: Loss, in folder: TemporaryFolder
    ) throws -> (norm: Double, byTensor: [String: [Double]]) {
      let run = try firstStep(loss, in: folder, name: "gradient", model: Fixture.model)
      let after = try tensorsOfModel(at: run.directory)
      var gradient: [String: [Double]] = [:]
      for (name, old) in try tensorsOfModel(at: Fixture.model) {
        gradient[name] = zip(old, try #require(after[name])).map { $0 - $1 }
      }
      return (try run.values(.gradientNorm)[0], gradient)
    }

    /// Along its own direction the loss rises by ‖g‖ a unit, which no wrong direction does.
    @Test("along it, the loss rises as steeply as its norm says", arguments: Loss.all)
    func steepest(loss: Loss) throws {
      let folder = try TemporaryFolder()
      let (length, gradient) = try gradient(loss, in: folder)
      #expect(relativeDeviation(norm(gradient.values.flatMap { $0 }), from: length) < 1e-4)
      let distance = 5e-3
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
      #expect(relativeDeviation(slope, from: length) < 3e-4)
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
        let distance = 1e-2
        func value(_ sign: Double) throws -> Double {
          var model = try EditedModel(in: folder, name: "moved")
          model[name, index] += Float(sign * distance)
          try model.save()
          return try firstStep(loss, in: folder, name: "moved-run", model: model.directory)
            .values(.loss)[0]
        }
        let slope = (try value(1) - value(-1)) / (2 * distance)
        #expect(
          abs(slope - values[index]) < 2e-3 * abs(values[index]) + 5e-5,
          "\(name)[\(index)]: \(slope), but the gradient is \(values[index])")
      }
    }
  }
#endif
