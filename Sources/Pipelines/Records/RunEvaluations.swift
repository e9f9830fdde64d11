internal import RunRecords

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The evaluations of a run, kept in its directory: `evaluations/<kind>.json`, the very object that the command
/// prints with `--json`.
public struct RunEvaluations: Sendable {
  /// The run directory.
  public let run: String

  /// The folder in a run directory.
  static let folderName = "evaluations"

  /// Opens the evaluations of a run.
  ///
  /// - Parameter run: The run directory.
  /// - Throws: ``PipelineError/noRun(path:problem:)``.
  public init(ofRunAt run: String) throws(PipelineError) {
    var isDirectory = false
    guard FileManager.default.fileExists(atPath: run, isDirectory: &isDirectory) else {
      throw .noRun(path: run, problem: "there is no such directory")
    }
    guard isDirectory else { throw .noRun(path: run, problem: "is a file and no directory") }
    guard FileManager.default.fileExists(atPath: "\(run)/run.json") else {
      throw .noRun(path: run, problem: "holds no run: run.json is missing")
    }
    var path = run[...]
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.run = String(path)
  }

  /// The path of an evaluation.
  ///
  /// - Parameter kind: Which evaluation.
  /// - Returns: A path, whether there is a file or not.
  public func path(of kind: EvaluationKind) -> String {
    "\(run)/\(Self.folderName)/\(kind.rawValue).json"
  }

  /// Keeps an evaluation, in place of an earlier one of its kind.
  ///
  /// - Parameters:
  ///   - line: One JSON object, without a line feed.
  ///   - kind: What it says.
  /// - Throws: `RunRecordError` while another process writes the run, or if the disk does not take it.
  public func keep(_ line: String, as kind: EvaluationKind) throws {
    let directory = try RunDirectory(resuming: try RunDestination(path: run, existing: .resume))
    try directory.write(line + "\n", to: "\(kind.rawValue).json", in: Self.folderName)
  }

  /// Reads an evaluation.
  ///
  /// - Parameters:
  ///   - kind: Which one.
  ///   - type: What is wanted of it.
  /// - Returns: `nil` where there is no such file.
  /// - Throws: ``PipelineError/brokenEvaluation(path:problem:)``.
  func read<Value: Decodable>(
    _ kind: EvaluationKind, as type: Value.Type
  ) throws(PipelineError) -> Value? {
    let path = path(of: kind)
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw .brokenEvaluation(path: path, problem: "cannot be read")
    }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do {
      return try decoder.decode(type, from: bytes)
    } catch {
      throw .brokenEvaluation(path: path, problem: Self.problem(error))
    }
  }

  /// The name of a property as a file has it: `pass_rate` for `passRate`.
  private static func asInFile(_ name: String) -> String {
    name.map { $0.isUppercase ? "_\($0.lowercased())" : "\($0)" }.joined()
  }

  private static func problem(_ error: any Error) -> String {
    func field(_ path: [any CodingKey], _ key: (any CodingKey)? = nil) -> String {
      let names = (path + [key].compactMap(\.self)).map {
        $0.intValue.map(String.init) ?? asInFile($0.stringValue)
      }
      return "`\(names.joined(separator: "."))`"
    }
    return switch error as? DecodingError {
    case .keyNotFound(let key, let context): "\(field(context.codingPath, key)) is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      context.codingPath.isEmpty
        ? "is not a JSON object" : "\(field(context.codingPath)) is not what it should be"
    case .dataCorrupted(let context) where !context.codingPath.isEmpty:
      "\(field(context.codingPath)) is not what it should be"
    default: "is not JSON"
    }
  }
}
