internal import Foundation
internal import RunRecords

/// The turns of a project.
struct LoopTurns {
  /// How far a turn is.
  enum State: Equatable {
    /// A stage is left.
    case unfinished
    /// All stages are done.
    case finished
    /// Its candidate has not passed the gate.
    case rejected
  }

  /// The folder of all turns.
  let out: String

  /// Opens or makes the folder.
  ///
  /// - Parameter name: The project's name.
  /// - Throws: ``LoopError``, or what the file system says.
  func open(for name: String) throws {
    guard try WorkingDirectory.open(out, knownBy: LoopLayout.recordName) else {
      throw LoopError.occupied(path: out)
    }
    let path = "\(out)/\(LoopLayout.recordName)"
    guard FileManager.default.fileExists(atPath: path) else {
      try LoopFile.write(Record(project: name), to: path)
      return
    }
    guard
      let record = FileManager.default.contents(atPath: path)
        .flatMap({ try? JSONDecoder().decode(Record.self, from: $0) })
    else { throw LoopError.broken(path: path) }
    guard record.project == name else {
      throw LoopError.otherProject(path: out, name: record.project)
    }
  }

  /// The numbers of the turns that were begun, ascending.
  var numbers: [Int] {
    ((try? FileManager.default.contentsOfDirectory(atPath: out)) ?? [])
      .compactMap(LoopLayout.turn(ofName:)).sorted()
  }

  /// How far a turn is.
  ///
  /// - Parameter records: Those of its stages.
  /// - Returns: Whether a stage is left, and whether the gate was passed.
  static func state(of records: [LoopStageRecord]) -> State {
    let done = records.filter(\.isFinished)
    if done.contains(where: { $0.passed == false }) { return .rejected }
    return done.count == LoopStage.allCases.count ? .finished : .unfinished
  }

  /// The turn that a command works on.
  ///
  /// - Parameters:
  ///   - last: The last turn and how far it is; `nil` before the first.
  ///   - isNew: Whether a new one was asked for.
  ///   - redoes: Whether what has changed is done again: in the last turn, even if it is finished.
  /// - Returns: The number of the turn.
  /// - Throws: ``LoopError/notPassed(turn:)`` where a person must decide.
  static func choice(
    after last: (number: Int, state: State)?, isNew: Bool, redoes: Bool
  ) throws(LoopError) -> Int {
    guard let last else { return 1 }
    if isNew { return last.number + 1 }
    if redoes { return last.number }
    switch last.state {
    case .unfinished: return last.number
    case .finished: return last.number + 1
    case .rejected: throw .notPassed(turn: last.number)
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
