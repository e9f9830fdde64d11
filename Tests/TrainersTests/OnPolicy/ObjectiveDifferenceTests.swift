#if LibTorch
  import Foundation
  import RunRecords
  import Testing
  import TorchEngine
  import TrainingConfiguration

  @testable import Trainers

  /// The gradient of a whole optimizer batch against differences of the loss that the run logs, through
  /// the model, with lessons as they were.
  @Suite("The gradient of a batch is the slope of its loss")
  struct ObjectiveDifferenceTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A copy of a checkpoint whose weights have moved along a direction, which is in the order of names.
    private func moved(
      _ source: String, by distance: Double, along direction: [Double], _ files: [String]
    ) throws -> String {
      let directory = folder.path("moved")
      if !FileManager.default.fileExists(atPath: directory) {
        try FileManager.default.copyItem(atPath: source, toPath: directory)
      }
      var start = 0
      for path in files {
        let file = try SafetensorsFile(path: "\(source)/\(path)")
        var tensors: [String: Tensor] = [:]
        for name in file.names {
          let old = try file.tensor(name)
          let way = direction[start..<start + old.count]
          start += old.count
          tensors[name] = try Tensor(
            zip(old.values(as: Double.self), way).map { Float($0 + distance * $1) },
            shape: old.shape)
        }
        try SafetensorsWriter.write(tensors, to: "\(directory)/\(path)")
      }
      #expect(start == direction.count)
      return directory
    }

    private func expectSlope<Recipe: OnPolicyRecipe & PractisedConfiguration>(
      of recipe: Recipe, beta: Double, _ fixture: RolloutFixture, at checkpoint: String,
      files: [String] = ["model.safetensors"], distance: Double = 2e-3
    ) throws {
      let lessons = try fixture.lessons(recipe, beta: beta, checkpoint: checkpoint)
      func descent(at directory: String) throws -> RolloutFixture.Descent {
        try fixture.descent(recipe, beta: beta, checkpoint: directory, lessons: lessons)
      }
      let slope = try descent(at: checkpoint)
      let length = norm(slope.gradient)
      #expect(length > 0.05)
      // Along the gradient, and along a direction that gives each file its part.
      let wave = slope.gradient.indices.map { cos(Double($0)) }
      let mixed = zip(slope.gradient, wave).map { $0 / length + 0.3 * $1 / norm(wave) }
      for direction in [slope.gradient.map { $0 / length }, mixed] {
        let values = try [1.0, -1].map { sign in
          try #require(
            descent(at: moved(checkpoint, by: sign * distance, along: direction, files))
              .metrics[.loss])
        }
        let quotient = (values[0] - values[1]) / (2 * distance)
        let expected = zip(slope.gradient, direction).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(
          relativeDeviation(quotient, from: expected) < 1e-2,
          "\(quotient), but the gradient says \(expected)")
      }
    }

    private func reference() throws -> String {
      var model = try EditedModel(in: folder, name: "reference")
      for index in 0..<(try model.count(of: "model.norm.weight")) {
        model["model.norm.weight", index] *= 1.2
      }
      try model.save()
      return model.directory
    }

    @Test("GRPO with the KL in its loss", arguments: [1, 0.7], ImportanceLevelChoice.allCases)
    func grpo(temperature: Double, level: ImportanceLevelChoice) async throws {
      let fixture = try await RolloutFixture(
        temperature: temperature, reference: try reference(), drift: 0.1)
      var configuration = GRPOConfiguration()
      configuration.importanceSamplingLevel = level
      configuration.divergence.beta = 0.2
      try expectSlope(of: configuration, beta: 0.2, fixture, at: Fixture.model)
    }

    @Test("PPO: policy, values and entropy", arguments: [1, 0.7])
    func ppo(temperature: Double) async throws {
      let fixture = try await RolloutFixture(temperature: temperature, drift: 0.1)
      var configuration = PPOConfiguration()
      configuration.valueCoefficient = 0.7
      configuration.entropyCoefficient = 0.5
      let checkpoint = try ProximalPolicyTests.Checkpoint.with(
        head: { 0.3 * sin(Double($0)) }, in: folder)
      try expectSlope(
        of: configuration, beta: 0, fixture, at: checkpoint,
        files: ["model.safetensors", "value_model.safetensors"])
    }

    @Test("RLOO")
    func rloo() async throws {
      let fixture = try await RolloutFixture(drift: 0.05)
      try expectSlope(of: RLOOConfiguration(), beta: 0, fixture, at: Fixture.model)
    }
  }
#endif
