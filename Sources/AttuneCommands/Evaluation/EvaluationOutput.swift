import Foundation
import Pipelines
import Reports
import RunRecords

/// The directory that an evaluation is written to: `evaluation.json` and `report.html`.
struct EvaluationOutput {
  private let directory: String
  private static let names = ["evaluation.json", "report.html"]

  /// A directory, which is made if it is not there.
  ///
  /// - Parameters:
  ///   - directory: The directory.
  ///   - overwrites: Whether an evaluation that is there is replaced.
  /// - Throws: ``Failure`` where it cannot be made, or holds an evaluation.
  init(directory: String, overwrites: Bool) throws(Failure) {
    self.directory = directory
    let manager = FileManager.default
    if !overwrites,
      let name = Self.names.first(where: { manager.fileExists(atPath: "\(directory)/\($0)") })
    {
      throw Failure(
        .usage, "\(directory)/\(name) exists; give --overwrite to replace it, or another --out")
    }
    do {
      try manager.createDirectory(atPath: directory, withIntermediateDirectories: true)
    } catch {
      throw Failure(
        .usage,
        "\(directory): the folder cannot be made: \(error.localizedDescription); "
          + "give another --out")
    }
  }

  /// Writes both files, each whole or not at all.
  ///
  /// - Parameters:
  ///   - result: What was measured.
  ///   - version: The version of the program, for the foot of the page.
  /// - Throws: `RunRecordError` if the disk does not take them.
  func write(_ result: RewardEvaluationResult, version: String) throws {
    let page = RewardEvaluationPage(result).page(footer: "attune \(version) evaluate reward")
    try write(result.encoded(), page)
  }

  /// Writes both files, each whole or not at all.
  ///
  /// - Parameters:
  ///   - result: What was measured.
  ///   - version: The version of the program, for the foot of the page.
  ///   - command: The command, for the same.
  /// - Throws: `RunRecordError` if the disk does not take them.
  func write(_ result: SafetyResult, version: String, command: String) throws {
    let page = SafetyPage(result).page(footer: "attune \(version) \(command)")
    try write((try JSONLine.text(of: result) + "\n").utf8, page)
  }

  private func write(_ content: some Sequence<UInt8>, _ page: HTMLPage) throws {
    try AtomicFile.write(content, to: "\(directory)/\(Self.names[0])")
    try AtomicFile.write(page.rendered(), to: "\(directory)/\(Self.names[1])")
  }
}
