internal import Foundation
internal import RunRecords

/// The turns of a project.
struct LoopTurns {
  /// How far a turn is.
  enum State: Equatable {
    /// A stage is left, or the page.
    case unfinished
    /// All stages are done.
    case finished
    /// Its candidate has not passed the gate.
    case rejected
  }

  /// The folder of all turns.
  let out: String

  /// Opens or makes the folder, and holds it: two processes never work on the turns of one project.
  ///
  /// - Parameter name: The project's name.
  /// - Returns: What is held for as long as it lives.
  /// - Throws: ``LoopError``, or what the file system says.
  func open(for name: String) throws -> DirectoryLock {
    guard try WorkingDirectory.open(out, knownBy: LoopLayout.recordName) else {
      throw LoopError.occupied(path: out)
    }
    let lock = try held()
    try WorkingDirectory.removeLeftovers(in: out)
    try check(name)
    if !FileManager.default.fileExists(atPath: record) {
      try DocumentFile.write(Record(project: name), to: record)
    }
    return lock
  }

  /// Refuses the turns of another project.
  ///
  /// - Parameter name: The project's name.
  /// - Throws: ``LoopError``.
  func check(_ name: String) throws(LoopError) {
    guard FileManager.default.fileExists(atPath: record) else { return }
    guard let known = DocumentFile.read(Record.self, from: record) else {
      throw .nameless(path: record)
    }
    guard known.project == name else { throw .otherProject(path: out, name: known.project) }
  }

  private var record: String { "\(out)/\(LoopLayout.recordName)" }

  private func held() throws -> DirectoryLock {
    do {
      return try DirectoryLock(out)
    } catch RunRecordError.inUse {
      throw LoopError.inUse(path: out)
    }
  }

  /// The numbers of the turns that were begun, ascending.
  var numbers: [Int] {
    ((try? FileManager.default.contentsOfDirectory(atPath: out)) ?? [])
      .compactMap(LoopLayout.turn(ofName:)).sorted()
  }

  /// How far a turn is.
  ///
  /// - Parameters:
  ///   - records: Those of its stages.
  ///   - hasPage: Whether the page is there that a turn ends with.
  /// - Returns: Whether a stage or the page is left, and whether the gate was passed.
  static func state(of records: [LoopStageRecord], hasPage: Bool) -> State {
    guard hasPage else { return .unfinished }
    let done = records.filter(\.isFinished)
    if done.contains(where: { $0.passed == false }) { return .rejected }
    return done.count == LoopStage.allCases.count ? .finished : .unfinished
  }

  /// The turn that a command works on.
  ///
  /// - Parameters:
  ///   - last: The last turn; `nil` before the first.
  ///   - isNew: Whether a new one was asked for.
  ///   - redoes: Whether what has changed is done again: in the last turn, even if it is finished.
  ///   - state: How far the last turn is; asked only where that decides.
  /// - Returns: The number of the turn.
  /// - Throws: ``LoopError/notPassed(turn:)`` where a person must decide, and what `state` throws.
  static func choice(
    after last: Int?, isNew: Bool, redoes: Bool, state: (_ last: Int) throws -> State
  ) throws -> Int {
    guard let last else { return 1 }
    if isNew { return last + 1 }
    if redoes { return last }
    switch try state(last) {
    case .unfinished: return last
    case .finished: return last + 1
    case .rejected: throw LoopError.notPassed(turn: last)
    }
  }

  /// What the folder is known by.
  private struct Record: Codable {
    var formatVersion = 1
    var project: String

    enum CodingKeys: String, CodingKey {
      case formatVersion = "format_version"
      case project
    }
  }
}
