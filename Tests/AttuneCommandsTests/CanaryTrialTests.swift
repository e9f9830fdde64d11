#if LibTorch
  import ArgumentParser
  import Foundation
  import ModelServer
  import Monitoring
  import Testing

  @testable import AttuneCommands

  @Suite("A model on trial")
  struct CanaryTrialTests {
    private static let model = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../TrainersTests/Fixtures/dpo/model").standardizedFileURL.path

    private func trial(_ arguments: String...) throws -> CanaryTrial? {
      try CanaryTrial(
        try ServeCanaryFlags.parse(arguments), beside: try ServedModel(directory: Self.model))
    }

    @Test("without a canary there is none; without a plan the share is its only step")
    func plans() throws {
      #expect(try trial() == nil)
      let usual = try #require(try trial("--canary", Self.model))
      #expect(usual.plan.steps.map(\.share) == [0.05])
      let half = try #require(try trial("--canary", Self.model, "--share", "0.5"))
      #expect(half.plan.steps.map(\.share) == [0.5])
    }

    @Test("each experiment has a folder of its own, whatever its name")
    func folders() throws {
      let folder = try TestFolder()
      try folder.write("experiment: ../a b\nsteps: [0.1]\n", to: "plan.yaml")
      let plan = folder.url.appending(path: "plan.yaml").path
      let named = try #require(try trial("--canary", Self.model, "--canary-plan", plan))
      #expect(named.folder(in: "s") == "s/canary/%2E%2E%2Fa%20b")
      let usual = try #require(try trial("--canary", Self.model))
      #expect(usual.folder(in: "s") == "s/canary/\(usual.model.systemFingerprint)")
    }
  }
#endif
