internal import Foundation
internal import PreferenceData
internal import Sandbox

/// What reward models and policies of the studio are measured on, and what policies practise on.
struct SandboxMeasures {
  let layout: StudioLayout
  let seed: UInt64

  static let heldOutPairs = 200
  static let prompts = 1000
  static let heldOutPrompts = 64

  /// Writes the files.
  func write() throws {
    try FileManager.default.createDirectory(
      atPath: layout.data, withIntermediateDirectories: true)
    let (world, kinds) = (SandboxWorld(), PromptKind.allCases)
    // Seeds far from those of the data that the model has learned from.
    func seed(_ purpose: UInt64) -> UInt64 { self.seed &* 1000 &+ 500 &+ purpose }
    try write(
      Self.heldOutPairs, to: layout.heldOutPairs,
      PreferenceRows(
        world: world, kinds: kinds,
        pool: AnnotatorPool([SimulatedAnnotator(name: "judge", temperature: 0)]), seed: seed(1)))
    try write(
      Self.prompts, to: layout.prompts, PromptRows(world: world, kinds: kinds, seed: seed(2)))
    try write(
      Self.heldOutPrompts, to: layout.heldOutPrompts,
      PromptRows(world: world, kinds: kinds, seed: seed(3)))
  }

  private func write(_ count: Int, to path: String, _ rows: some SandboxRows) throws {
    var rows = rows
    var writer = try JSONLinesWriter(path: path)
    for _ in 0..<count { try writer.write(rows.next()) }
    try writer.commit()
  }
}
