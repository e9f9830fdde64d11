internal import Monitoring
internal import RunRecords

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The files of a canary: `state.json`, and `decisions.jsonl` with a line a decision.
///
/// A decision is logged before the state that follows from it is saved, so that a kill between the two
/// loses neither: the state says how many decisions it knows of, and the others are taken in again.
final class CanaryFolder: Sendable {
  static let stateName = "state.json"
  static let logName = "decisions.jsonl"

  /// What is in the folder.
  struct Contents {
    var state: CanaryState
    var decisions: [CanaryDecision]
  }

  private struct SavedState: Codable {
    /// How many decisions have led to it.
    var decisions: Int
    var state: CanaryState
  }

  private let folder: String
  private let log: AppendedLines

  /// Opens a folder, or makes it, and holds it.
  ///
  /// - Parameter folder: Its path.
  /// - Throws: ``CanaryFolderError``, or `RunRecordError` where a file cannot be opened.
  init(_ folder: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw RunRecordError.system(
        operation: "create the folder", path: folder, reason: "\(error)")
    }
    guard let log = try AppendedLines(path: "\(folder)/\(Self.logName)") else {
      throw CanaryFolderError.inUse(folder: folder)
    }
    (self.folder, self.log) = (folder, log)
  }

  /// Reads what is there.
  ///
  /// - Parameter plan: The plan that is to be followed.
  /// - Returns: The canary as it was left; one that has not begun, where there is none.
  /// - Throws: ``CanaryFolderError`` for files of another experiment, another plan, or that are damaged.
  func contents(for plan: CanaryPlan) throws -> Contents {
    let decisions = try decisions()
    if let other = decisions.first(where: { $0.experiment != plan.experiment }) {
      throw CanaryFolderError.otherExperiment(
        path: logPath, seen: other.experiment, wanted: plan.experiment)
    }
    var (state, known) = (CanaryState(plan), 0)
    if let saved = try saved() {
      let before = saved.state.plan
      guard before.experiment == plan.experiment else {
        throw CanaryFolderError.otherExperiment(
          path: statePath, seen: before.experiment, wanted: plan.experiment)
      }
      // One that has not begun has seen nothing, and may still get another plan.
      let isUntouched = saved.state.phase == .idle && decisions.isEmpty
      guard before == plan || isUntouched else {
        throw CanaryFolderError.otherPlan(path: statePath, experiment: plan.experiment)
      }
      if before == plan { state = saved.state }
      known = saved.decisions
    }
    guard known <= decisions.count else {
      throw CanaryFolderError.shortened(path: logPath, lines: decisions.count, known: known)
    }
    for (place, decision) in decisions.enumerated().dropFirst(known) {
      // One that could not be logged at once is logged when the state has it already.
      guard state.replay(decision) || state.phase == decision.to else {
        throw CanaryFolderError.unfitting(path: logPath, line: place + 1, decision: "\(decision)")
      }
    }
    return Contents(state: state, decisions: decisions)
  }

  /// Logs a decision.
  func append(_ decision: CanaryDecision) throws {
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .iso8601
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try log.append(String(decoding: encoder.encode(decision), as: UTF8.self))
  }

  /// Saves a state, in one step.
  ///
  /// - Parameters:
  ///   - state: The state.
  ///   - decisions: How many decisions in the log have led to it.
  /// - Throws: `RunRecordError` where the disk does not take it.
  func save(_ state: CanaryState, decisions: Int) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let content = try encoder.encode(SavedState(decisions: decisions, state: state))
    try AtomicFile.write(content + Data("\n".utf8), to: statePath)
  }

  private var statePath: String { "\(folder)/\(Self.stateName)" }
  private var logPath: String { "\(folder)/\(Self.logName)" }

  private func saved() throws -> SavedState? {
    guard FileManager.default.fileExists(atPath: statePath) else { return nil }
    guard let content = FileManager.default.contents(atPath: statePath) else {
      throw CanaryFolderError.damagedState(path: statePath, problem: "it cannot be read")
    }
    do {
      return try JSONDecoder().decode(SavedState.self, from: content)
    } catch DecodingError.dataCorrupted(let context) {
      throw CanaryFolderError.damagedState(path: statePath, problem: context.debugDescription)
    } catch {
      throw CanaryFolderError.damagedState(path: statePath, problem: "a part of it is missing")
    }
  }

  private func decisions() throws -> [CanaryDecision] {
    let bytes = try log.contents()
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    // A line that a kill has cut short was never followed.
    let whole = (bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    if whole < bytes.count { try log.cut(to: whole) }
    let lines = bytes[..<whole].split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
    ).dropLast()
    return try lines.enumerated().map { place, line in
      guard let decision = try? decoder.decode(CanaryDecision.self, from: Data(line)) else {
        throw CanaryFolderError.damagedLog(path: logPath, line: place + 1)
      }
      return decision
    }
  }
}

/// Why the files of a canary cannot be used, as a sentence.
public enum CanaryFolderError: Error, Sendable, Hashable {
  /// Another process, or another desk of this one, has the folder.
  case inUse(folder: String)
  /// They are of another experiment.
  case otherExperiment(path: String, seen: String, wanted: String)
  /// The experiment has begun with another plan.
  case otherPlan(path: String, experiment: String)
  /// The state does not read.
  case damagedState(path: String, problem: String)
  /// A line of the log does not read.
  case damagedLog(path: String, line: Int)
  /// A decision does not follow from the state.
  case unfitting(path: String, line: Int, decision: String)
  /// Decisions that the state knows of are not in the log.
  case shortened(path: String, lines: Int, known: Int)
}

extension CanaryFolderError: CustomStringConvertible {
  /// A full sentence that says what was seen and what to do next.
  public var description: String {
    switch self {
    case .inUse(let folder):
      "\(folder): another server follows this canary; stop it, or give another folder"
    case .otherExperiment(let path, let seen, let wanted):
      "\(path): is of the experiment '\(seen)', and the plan is of '\(wanted)'; give another folder, or "
        + "the plan that it began with"
    case .otherPlan(let path, let experiment):
      "\(path): the experiment '\(experiment)' has begun with another plan; give that plan, or the changed "
        + "one another experiment and another folder"
    case .damagedState(let path, let problem):
      "\(path): is not the state of a canary: \(problem); put back a copy, or begin another experiment in "
        + "another folder"
    case .damagedLog(let path, let line):
      "\(path):\(line): is not a decision of a canary; put back what stood there, or begin another "
        + "experiment in another folder"
    case .unfitting(let path, let line, let decision):
      "\(path):\(line): does not follow from the state beside it: \(decision); put back the files as they "
        + "were together, or begin another experiment in another folder"
    case .shortened(let path, let lines, let known):
      "\(path): has \(lines) decisions, and the state beside it knows of \(known); put back the files as "
        + "they were together, or begin another experiment in another folder"
    }
  }
}
