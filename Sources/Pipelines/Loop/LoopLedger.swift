internal import Foundation
internal import RunRecords

/// What is done of a turn, on the disk, and whether it may be gone on with.
struct LoopLedger {
  /// Where a stage stands.
  enum Standing: Equatable {
    /// Nothing is there.
    case absent
    /// It was begun with the same inputs.
    case begun(LoopStageRecord)
    /// It is done, and nothing has changed since.
    case finished(LoopStageRecord)
    /// These inputs or outputs, or the record itself, are not what they were.
    case changed([String])
  }

  let layout: LoopLayout
  /// The digest of a file, or the fingerprint of a model directory.
  let digest: (_ path: String) throws -> String

  /// The record of a stage; `nil` where there is none.
  func record(of stage: LoopStage) throws(LoopError) -> LoopStageRecord? {
    try LoopStageRecord.read(layout.record(of: stage))
  }

  /// The records of all stages that were begun.
  func records() throws(LoopError) -> [LoopStageRecord] {
    var records: [LoopStageRecord] = []
    for stage in LoopStage.allCases {
      if let record = try record(of: stage) { records.append(record) }
    }
    return records
  }

  /// Where a stage stands.
  ///
  /// - Parameters:
  ///   - stage: The stage.
  ///   - inputs: Digests of what it would be made from now.
  /// - Returns: What is there, and whether it is as it was.
  /// - Throws: What `digest` throws.
  func standing(of stage: LoopStage, inputs: [String: String]) throws -> Standing {
    let record: LoopStageRecord
    do throws(LoopError) {
      guard let found = try self.record(of: stage) else { return .absent }
      record = found
    } catch {
      return .changed(["\(stage.rawValue)/\(LoopLayout.stageRecordName)"])
    }
    var changed = Self.differences(record.inputs, inputs)
    guard record.isFinished else { return changed.isEmpty ? .begun(record) : .changed(changed) }
    let outputs = try record.outputs.reduce(into: [String: String]()) { outputs, output in
      let path = layout.path(of: output.key)
      if FileManager.default.fileExists(atPath: path) { outputs[output.key] = try digest(path) }
    }
    changed += Self.differences(record.outputs, outputs)
    return changed.isEmpty ? .finished(record) : .changed(Set(changed).sorted())
  }

  /// Notes that a stage is begun; the page does not say any more how the turn stands.
  func begin(_ record: LoopStageRecord) throws {
    try remove(layout.page)
    try DocumentFile.write(record, to: layout.record(of: record.stage))
  }

  /// Notes that a stage is done.
  ///
  /// - Parameters:
  ///   - record: What it came to.
  ///   - outputs: The names of what it made, within the turn's folder.
  ///   - now: The present moment.
  /// - Returns: The record with digests.
  /// - Throws: `RunRecordError`, or what `digest` throws.
  func finish(
    _ record: LoopStageRecord, outputs: [String], now: Date
  ) throws -> LoopStageRecord {
    var record = record
    record.finished = now
    record.outputs = try outputs.reduce(into: [:]) { $0[$1] = try digest(layout.path(of: $1)) }
    try DocumentFile.write(record, to: layout.record(of: record.stage))
    // Dates lose their fraction of a second on the disk.
    return try self.record(of: record.stage) ?? record
  }

  /// Removes a stage and those after it.
  func clear(from stage: LoopStage) throws {
    let folders = stage.onwards.map(layout.folder(of:)) + [layout.page]
    // The last ones first: what is left is always a turn that can be gone on with.
    for path in folders.reversed() { try remove(path) }
  }

  private func remove(_ path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else { return }
    try WorkingDirectory.remove(path)
  }

  /// Removes what commands that were killed have left half written.
  func removeLeftovers() throws {
    for folder in [layout.root] + LoopStage.allCases.map(layout.folder(of:))
    where FileManager.default.fileExists(atPath: folder) {
      try WorkingDirectory.removeLeftovers(in: folder)
    }
  }

  /// The names whose digests differ.
  private static func differences(
    _ before: [String: String], _ now: [String: String]
  ) -> [String] {
    Set(before.keys).union(now.keys).filter { before[$0] != now[$0] }.sorted()
  }
}
