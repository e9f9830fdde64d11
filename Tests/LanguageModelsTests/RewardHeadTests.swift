#if LibTorch
  import Foundation
  import PreferenceData
  import Testing
  import Tokenization
  import TorchEngine

  @testable import LanguageModels

  /// Score heads by themselves, against hand calculation.
  @Suite("Score heads")
  struct RewardHeadTests {
    private let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    private func values(_ model: some ScoreModel, _ rows: [[Float]], _ dropout: HeadDropout? = nil)
      throws -> [[Double]]
    {
      try withoutGradients { () throws(EngineError) in
        try model.scores(
          ofFeatures: Tensor(rows.flatMap { $0 }, shape: [rows.count, rows[0].count]),
          dropout: dropout
        ).members
      }
    }

    /// output · relu(hidden · x + bias) + bias, in Double.
    private func expected(_ model: FeatureRewardModel, member: Int, _ x: [Float]) throws -> Double {
      func tensor(_ name: String) throws -> [Double] {
        try model.parameters["heads.\(member).\(name)"].values(as: Double.self)
      }
      let (hidden, bias) = (try tensor("hidden.weight"), try tensor("hidden.bias"))
      let (output, last) = (try tensor("output.weight"), try tensor("output.bias"))
      var score = last[0]
      for unit in bias.indices {
        let sum = x.indices.reduce(bias[unit]) { $0 + hidden[unit * x.count + $1] * Double(x[$1]) }
        score += output[unit] * max(0, sum)
      }
      return score
    }

    @Test("a member is linear, ReLU, linear", arguments: [1, 3])
    func multilayer(members: Int) throws {
      let model = try FeatureRewardModel(
        fresh: .init(members: members, kind: .multilayer(width: 16)), width: 4, seed: 3)
      let rows: [[Float]] = [[1, -2, 0.5, 3], [0, 0, 0, 0], [-1, -1, -1, -1]]
      let seen = try values(model, rows)
      #expect(seen.count == members)
      for (member, scores) in seen.enumerated() {
        for (row, score) in zip(rows, scores) {
          #expect(abs(score - (try expected(model, member: member, row))) < 1e-5)
        }
      }
    }

    @Test("fresh layers have the deviation √(2 / inputs) of He et al., biases 0; members differ")
    func initialisation() throws {
      let model = try FeatureRewardModel(
        fresh: .init(members: 2, kind: .multilayer(width: 256)), width: 64, seed: 9)
      for member in 0..<2 {
        for (name, inputs) in [("hidden", 64.0), ("output", 256)] {
          let weights = try model.parameters["heads.\(member).\(name).weight"]
            .values(as: Double.self)
          let count = Double(weights.count)
          let mean = weights.reduce(0, +) / count
          let deviation = (weights.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count)
            .squareRoot()
          let law = (2 / inputs).squareRoot()
          // Standard errors: σ / √n and σ / √(2 n).
          #expect(abs(mean) < 4 * law / count.squareRoot())
          #expect(abs(deviation - law) < 4 * law / (2 * count).squareRoot())
          let biases = try model.parameters["heads.\(member).\(name).bias"].values(as: Double.self)
          #expect(biases.allSatisfy { $0 == 0 })
        }
      }
      let names = ["heads.0.hidden.weight", "heads.1.hidden.weight"]
      let weights = try names.map { try model.parameters[$0].values(as: Double.self) }
      #expect(weights[0] != weights[1])
    }

    @Test("dropout leaves out its part, scales the rest, and depends on seed and member alone")
    func dropout() throws {
      let model = try FeatureRewardModel(
        fresh: .init(members: 2, kind: .multilayer(width: 64)), width: 2, seed: 1)
      let row: [Float] = [1, 2]
      let plain = try values(model, [row])
      let count = 4000
      let seeds = (0..<count).map { UInt64($0) }
      let dropped = try values(
        model, Array(repeating: row, count: count), HeadDropout(rate: 0.25, seeds: seeds))
      for member in 0..<2 {
        let scores = dropped[member]
        let mean = scores.reduce(0, +) / Double(count)
        let variance = scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
        #expect(variance > 0)
        // The expected score is that without dropout; four standard errors.
        #expect(abs(mean - plain[member][0]) < 4 * (variance / Double(count)).squareRoot())
      }
      let again = try values(
        model, [row, row], HeadDropout(rate: 0.25, seeds: [seeds[7], seeds[2]]))
      #expect(abs(again[0][0] - dropped[0][7]) < 1e-6 && abs(again[1][1] - dropped[1][2]) < 1e-6)
      let mask = try HeadDropout(rate: 0.25, seeds: [5]).mask(of: 0, shape: [1, 10_000])
        .values(as: Double.self)
      #expect(Set(mask) == [0, Double(Float(1 / 0.75))])
      #expect(abs(Double(mask.count { $0 == 0 }) / 10_000 - 0.25) < 0.02)
      let other = try HeadDropout(rate: 0.25, seeds: [5]).mask(of: 1, shape: [1, 10_000])
        .values(as: Double.self)
      #expect(mask != other)
    }

    @Test("heads of one pass have the gradients that each has alone")
    func ensembleGradient() throws {
      let rows: [Float] = [1, 0.5, -1, 2, 0.25, -0.5]
      func gradient(_ seeds: [[Double]]) throws -> [String: [Double]] {
        let model = try FeatureRewardModel(
          fresh: .init(members: 2, kind: .multilayer(width: 8)), width: 3, seed: 2)
        try model.parameters.requireGradients()
        let scored = try model.scores(ofFeatures: Tensor(rows, shape: [2, 3]))
        try model.backward(seeds, through: scored)
        return try Dictionary(
          uniqueKeysWithValues: model.parameters.names.map {
            ($0, try model.parameters[$0].gradient()?.values(as: Double.self) ?? [])
          })
      }
      let both = try gradient([[1, -2], [0.5, 3]])
      let first = try gradient([[1, -2], [0, 0]])
      let second = try gradient([[0, 0], [0.5, 3]])
      for (name, values) in both {
        let alone = try #require(name.hasPrefix("heads.0") ? first[name] : second[name])
        #expect(zip(values, alone).allSatisfy { abs($0 - $1) < 1e-6 }, "\(name)")
      }
    }

    @Test("a fresh linear head is normal with a deviation of 0.02, as transformers draws it")
    func linear() throws {
      let source = Fixture.directory("llama")
      let model = try RewardModel(
        policy: source, head: .init(members: 40), backbone: .frozen, seed: 4)
      let weights = try (0..<40).flatMap {
        try model.parameters["heads.\($0).score.weight"].values(as: Double.self)
      }
      let count = Double(weights.count)
      let deviation = (weights.reduce(0) { $0 + $1 * $1 } / count).squareRoot()
      #expect(abs(deviation - 0.02) < 4 * 0.02 / (2 * count).squareRoot())
      #expect(model.trainedParameters.names.count == 40)
      #expect(model.head.parameterCount(inputs: 32) == 40 * 32)
    }

    @Test(
      "written and read again, a model gives the same scores",
      arguments: [
        ScoreHeadShape(), ScoreHeadShape(members: 3), ScoreHeadShape(kind: .multilayer(width: 5)),
        ScoreHeadShape(members: 2, kind: .multilayer(width: 5)),
      ], [RewardBackbone.trained, .shared])
    func roundTrip(head: ScoreHeadShape, backbone: RewardBackbone) throws {
      // A tokenizer is asked for its padding.
      let source = try Fixture.copy("llama", into: folder)
      let tokenizer = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../TokenizationTests/Fixtures/llama3").standardized.path
      for file in ["tokenizer.json", "tokenizer_config.json"] {
        try FileManager.default.copyItem(
          atPath: "\(tokenizer)/\(file)", toPath: "\(source)/\(file)")
      }
      let model = try RewardModel(policy: source, head: head, backbone: backbone, seed: 5)
      let out = "\(folder.path)/out"
      try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
      model.record.normalization = (0..<head.members).map {
        .init(mean: Double($0), deviation: 1.5)
      }
      try model.write(to: out, companionsFrom: source)
      let back = try RewardModel(directory: out)
      let batch = PackedBatch([
        [.init(prompt: [1, 2, 3], completion: []), .init(prompt: [1, 2, 4, 5], completion: [])]
      ])
      #expect(try back.scores(of: batch).members == model.scores(of: batch).members)
      #expect(back.record == model.record && back.head == head && back.backbone == backbone)
      #expect(
        FileManager.default.fileExists(atPath: "\(out)/model.safetensors") == (backbone != .shared))
    }
  }
#endif
