#if LibTorch
  import Objectives
  import Testing

  @testable import TorchEngine

  /// The engine's autograd against the closed forms in `Objectives`, which know no engine.
  @Suite("The engine agrees with the closed forms")
  struct ObjectiveAgreementTests {
    /// Two sequences of one batch: labels, −100 where a token is not scored.
    static let labels = [
      [-100, -100, 3, 7, 0], [-100, 2, -100, 2, 2, 5, 1],
    ]
    static let width = 6
    static let vocabulary = 9

    @Test("log π(y | x) and its gradient by the logits, through a linear layer")
    func sequences() throws {
      let tokens = Self.labels.flatMap { $0 }.count
      let hidden = try Sample(seed: 31, [tokens, Self.width])
      let head = try Sample(seed: 32, [Self.vocabulary, Self.width])
      // d (Σ weight · log π(y | x)), as a loss would weigh its sequences.
      let weights = [0.75, -1.5]

      let expected = closedForm(hidden, head, weights: weights)
      for element in [ElementType.float32, .float64] {
        let x = try hidden.tensor(element)
        let w = try head.tensor(element)
        try x.requireGradient()
        try w.requireGradient()
        let (rows, targets, objective) = scored()
        let scores = try TokenScores(hidden: x, head: w, rows: rows, targets: targets)
        let values = try scores.logProbability.values(as: Double.self)
        let seeds = objective.tokenSeeds(for: weights, tokenCount: targets.count)
        try backward([GradientSeed(scores.logProbability, seeds)])

        let tolerance = element == .float64 ? 1e-12 : 2e-6
        #expect(deviation(objective.sums(of: values), from: expected.sums) < tolerance)
        let dx = try #require(try x.gradient()).values(as: Double.self)
        let dw = try #require(try w.gradient()).values(as: Double.self)
        #expect(deviation(dx, from: expected.hidden) < tolerance)
        #expect(deviation(dw, from: expected.head) < tolerance)
      }
    }

    /// `LabelledLogits` on z = h · Wᵀ, and the chain rule through it: dh = dz · W, dW = dzᵀ · h.
    private func closedForm(
      _ hidden: Sample, _ head: Sample, weights: [Double]
    ) -> (sums: [Double], hidden: [Double], head: [Double]) {
      let width = Self.width
      let h = hidden.values.map(Double.init)
      let w = head.values.map(Double.init)
      var sums: [Double] = []
      var dh = [Double](repeating: 0, count: h.count)
      var dw = [Double](repeating: 0, count: w.count)
      var first = 0
      for (labels, weight) in zip(Self.labels, weights) {
        let logits = labels.indices.map { row in
          (0..<Self.vocabulary).map { id in
            (0..<width).reduce(0) { $0 + h[(first + row) * width + $1] * w[id * width + $1] }
          }
        }
        let sequence = LabelledLogits(logits: logits, labels: labels)
        sums.append(sequence.logProbability)
        for (row, gradient) in sequence.gradient.enumerated() {
          for (id, derivative) in gradient.enumerated() {
            for i in 0..<width {
              dh[(first + row) * width + i] += weight * derivative * w[id * width + i]
              dw[id * width + i] += weight * derivative * h[(first + row) * width + i]
            }
          }
        }
        first += labels.count
      }
      return (sums, dh, dw)
    }

    /// The same labels as the engine is asked for them: the row before each label predicts it.
    private func scored() -> (rows: [Int64], targets: [Int64], SequenceLogProbability) {
      var rows: [Int64] = []
      var targets: [Int64] = []
      var spans: [Range<Int>] = []
      var first = 0
      for labels in Self.labels {
        let start = targets.count
        for (index, label) in labels.enumerated() where label != LabelledLogits.ignoredLabel {
          rows.append(Int64(first + index - 1))
          targets.append(Int64(label))
        }
        spans.append(start..<targets.count)
        first += labels.count
      }
      return (rows, targets, SequenceLogProbability(spans: spans))
    }
  }
#endif
