import Foundation
import Monitoring
import Testing
import TrainingConfiguration

@testable import Pipelines

@Suite("What a turn offers to the canary")
struct LoopCandidateTests {
  private func candidate(_ directory: String) throws -> LoopCandidate {
    let lineage = LoopLineage(project: "helpful", turn: 1, policy: "aa", data: "bb")
    return LoopCandidate(
      project: "helpful", turn: 1, lineage: lineage,
      policy: .init(directory: "models/policy", fingerprint: "aa"),
      candidate: .init(directory: directory, fingerprint: "cc"), gate: try gate(),
      canary: try CanaryPlan(experiment: "helpful-\(lineage)"))
  }

  private func gate() throws -> GateResult {
    try JSONDecoder().decode(
      GateResult.self, from: Data(#"{"run": "r", "passed": true, "findings": []}"#.utf8))
  }

  @Test("its directory is found from the file's folder, wherever the turn lies")
  func directory() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/candidate/candidate.json"
    try DocumentFile.write(try candidate("../training/run"), to: path)
    let read = try LoopCandidate(contentsOf: path)
    #expect(read.candidate.directory == "\(folder.path)/candidate/../training/run")
    #expect(read.policy.directory == "models/policy")
    #expect(read.canary.experiment == "helpful-45af436d8ff9f913")
    #expect(read.lineage.description == "45af436d8ff9f913" && read.gate.passed)
    try DocumentFile.write(try candidate("/models/new"), to: path)
    #expect(try LoopCandidate(contentsOf: path).candidate.directory == "/models/new")
  }

  @Test("what is missing or none is an error")
  func errors() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/candidate.json"
    #expect(throws: LoopError.noCandidate(path: path)) {
      try LoopCandidate(contentsOf: path)
    }
    try folder.file("candidate.json", "{}")
    #expect(throws: LoopError.broken(path: path)) { try LoopCandidate(contentsOf: path) }
  }

  @Test("two candidates of one turn are two experiments")
  func experiment() throws {
    let project = try LoopProject(
      name: "helpful", policy: "models/policy", training: .dpo(DPOConfiguration()))
    let lineage = LoopLineage(project: "helpful", turn: 1, policy: "aa", data: "bb")
    #expect(
      project.experiment(lineage, candidate: "0123456789abcdef")
        == "helpful-45af436d8ff9f913-01234567")
    #expect(
      project.experiment(lineage, candidate: "1123456789abcdef")
        == "helpful-45af436d8ff9f913-11234567")
  }
}
