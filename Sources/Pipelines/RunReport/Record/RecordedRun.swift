public import RunRecords
public import TrainingConfiguration

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// What a run directory says about a run, finished or not.
public struct RecordedRun: Sendable {
  /// The directory.
  public let path: String
  /// Where the run comes from.
  public let manifest: RunManifest
  /// The method; `nil` where the manifest names none of Attune.
  public let method: TrainingMethod?
  /// `attune.yaml` as it stands.
  public let configuration: String
  /// What was logged.
  public let metrics: RunMetrics
  /// The completions that were kept, in the order in which they were sampled.
  public let samples: [RecordedSample]
  /// Seconds that processes have worked on the run; `nil` where nothing was logged.
  public let seconds: Double?
  /// What was measured afterwards.
  let evaluations: RecordedEvaluations
  /// Whether gold and proxy have parted; `nil` where the run was not watched, or too seldom.
  public let hacking: HackingResult?
  /// What could not be read, as sentences without a full stop.
  public let notes: [String]

  /// The settings of ``configuration``.
  let settings: RecordedSettings

  /// Reads a run directory. What is there and cannot be read beside manifest and log is left out, and
  /// ``notes`` say so.
  ///
  /// - Parameter directory: The directory.
  /// - Throws: ``PipelineError/noRun(path:problem:)``; `RunRecordError` where the manifest or the log
  ///   cannot be read.
  public init(_ directory: String) throws {
    try Self.check(directory)
    path = directory
    manifest = try RunManifest(ofRunAt: directory)
    method = manifest.method.flatMap(TrainingMethod.init)
    var notes: [String] = []
    configuration =
      Self.bytes(of: RunDirectory.configurationName, in: directory)
      .map { String(decoding: $0, as: UTF8.self) } ?? ""
    settings = RecordedSettings(configuration)
    let log = "\(directory)/\(MetricsLog.fileName)"
    metrics = RunMetrics(
      FileManager.default.fileExists(atPath: log) ? try MetricsLog.entries(at: log) : [])
    seconds = try manifest.duration(ofRunAt: directory)
    let rows = Self.bytes(of: CompletionsLog.fileName, in: directory).map(RecordedSample.all)
    samples = rows?.samples ?? []
    if let line = rows?.malformed.first, let count = rows?.malformed.count {
      notes.append(
        "\(directory)/\(CompletionsLog.fileName):\(line): is no completion"
          + (count > 1 ? ", nor are \(count - 1) further lines" : "") + "; left out")
    }
    evaluations = try RecordedEvaluations(ofRunAt: directory, notes: &notes)
    hacking = Self.hacking(of: directory, notes: &notes)
    self.notes = notes
  }

  /// The runs that a path stands for: itself, or the members of an ensemble of models.
  ///
  /// - Parameter path: A run directory, or one that holds `member-1`, `member-2`, ….
  /// - Returns: At least one path.
  public static func directories(of path: String) -> [String] {
    func isRun(_ path: String) -> Bool {
      FileManager.default.fileExists(atPath: "\(path)/\(RunDirectory.manifestName)")
    }
    if isRun(path) { return [path] }
    var members: [String] = []
    while isRun("\(path)/member-\(members.count + 1)") {
      members.append("\(path)/member-\(members.count + 1)")
    }
    return members.isEmpty ? [path] : members
  }

  /// Whether the model was trained on its own completions.
  var isOnPolicy: Bool { metrics.has(.objectiveDivergence) }

  /// The last step that was logged; 0 where none was.
  public var lastStep: Int { metrics.entries.map(\.step).max() ?? 0 }

  private static func check(_ directory: String) throws(PipelineError) {
    var isDirectory = false
    guard FileManager.default.fileExists(atPath: directory, isDirectory: &isDirectory) else {
      throw .noRun(path: directory, problem: "there is no such directory")
    }
    guard isDirectory else { throw .noRun(path: directory, problem: "is a file and no directory") }
    guard FileManager.default.fileExists(atPath: "\(directory)/\(RunDirectory.manifestName)") else {
      throw .noRun(
        path: directory, problem: "holds no run: \(RunDirectory.manifestName) is missing")
    }
  }

  private static func bytes(of name: String, in directory: String) -> [UInt8]? {
    FileManager.default.contents(atPath: "\(directory)/\(name)").map(Array.init)
  }

  /// The verdict, where the run was watched often enough; a number that is none is worth a note, a run
  /// that nobody has watched is not.
  private static func hacking(of directory: String, notes: inout [String]) -> HackingResult? {
    do {
      return try HackingResult(try WatchedRun(run: directory))
    } catch let error as PipelineError {
      switch error {
      case .unwatched, .noRun: break
      default: notes.append("\(error)")
      }
    } catch {
      // The log was read before: it may have grown a line that is half there.
      notes.append("\(error)")
    }
    return nil
  }
}
