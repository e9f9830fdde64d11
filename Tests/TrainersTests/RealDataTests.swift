#if LibTorch
  import Foundation
  import PreferenceData
  import RunRecords
  import Testing
  import Trainers
  import TrainingConfiguration

  /// Real preference data, which is never part of the repository.
  private enum RealData {
    /// `ATTUNE_DATA` names the folder; without it, `shared/data` beside the repository.
    static let harmless: String? = {
      let repository = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      let folder =
        ProcessInfo.processInfo.environment["ATTUNE_DATA"]
        ?? repository.deletingLastPathComponent().appending(path: "shared/data").path
      let file = "\(folder)/hh-harmless-test.jsonl.gz"
      return FileManager.default.fileExists(atPath: file) ? file : nil
    }()

    static let isAsked = ProcessInfo.processInfo.environment["ATTUNE_SLOW"] == "1"
  }

  @Suite(
    "Anthropic's harmlessness comparisons",
    .enabled(if: RealData.isAsked, "slow: set ATTUNE_SLOW=1, or run make check-slow"),
    .enabled(
      if: RealData.harmless != nil,
      "the real data is not here: set ATTUNE_DATA to the folder with hh-harmless-test.jsonl.gz"))
  struct RealDataTests {
    /// One thread, in a process of its own: threads wait for each other by spinning, and where
    /// other work has the cores, a model as small as this one would do little else.
    @Test("all of them train for an epoch; what cannot be used is counted by reason")
    func epoch() async {
      await #expect(processExitsWith: .success) { try trainForAnEpoch() }
    }
  }

  private func trainForAnEpoch() throws {
    let file = try #require(RealData.harmless)
    let folder = try TemporaryFolder()
    let run = try TrainingRun(in: folder) {
      $0.data.files = [file]
      $0.data.shuffle = true
      $0.data.evaluationFraction = 0.05
      $0.data.maxLength = 512
      $0.batches.maxSteps = nil
      $0.batches.epochs = 1
      $0.batches.batchSize = 32
      $0.run.loggingSteps = 10
      $0.run.threads = 1
    }
    guard case .prepared(let training, let heldOut, let dropped)? = run.events.first else {
      Issue.record("the first event is another")
      return
    }
    #expect(training + heldOut + dropped.total == 2312)
    // The two reasons that reading finds; see PreferenceDataTests.
    #expect(dropped[.promptsDiffer] == 5)
    #expect(dropped[.emptyCompletion] == 4)
    #expect(dropped[.promptTooLong] > 0)
    #expect(
      Set(dropped.reasons).isSubset(
        of: [.promptsDiffer, .emptyCompletion, .promptTooLong, .truncatedAway]))
    #expect(run.summary.items == training)
    #expect(run.summary.steps == (training + 31) / 32)
    for entry in run.entries + run.evaluations {
      for (name, value) in entry.values { #expect(value.isFinite, "\(name)") }
    }
    let losses = try run.values(.loss)
    #expect(losses[losses.count - 1] < losses[0])
  }
#endif
