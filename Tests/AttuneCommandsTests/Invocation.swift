import Foundation
import Testing

/// A finished run of the built program, as a shell sees it.
struct Invocation {
  let status: Int32
  let output: String
  let error: String

  /// Runs the program to its end.
  init(_ arguments: String..., in folder: TestFolder? = nil) throws {
    try self.init(arguments, in: folder)
  }

  /// Runs the program to its end.
  ///
  /// Output goes to files: a pipe that nobody empties would stop the program. Variables of `environment`
  /// are beside those of the tests.
  init(
    _ arguments: [String], in folder: TestFolder? = nil, environment: [String: String] = [:]
  ) throws {
    let scratch = try TestFolder()
    let streams = try ["output", "error"].map { try scratch.emptyFile($0) }
    let process = try Self.process(arguments, in: folder ?? scratch)
    process.environment?.merge(environment) { $1 }
    process.standardOutput = streams[0]
    process.standardError = streams[1]
    try process.run()
    process.waitUntilExit()
    status = process.terminationReason == .exit ? process.terminationStatus : -1
    output = try scratch.text("output")
    error = try scratch.text("error")
  }

  /// The program, ready to be run.
  static func process(_ arguments: [String], in folder: TestFolder) throws -> Process {
    let process = Process()
    let program = try #require(Self.program, "build the product attune first")
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder.url
    var environment = ProcessInfo.processInfo.environment
    for name in ["NO_COLOR", "COLUMNS"] { environment[name] = nil }
    process.environment = environment
    return process
  }

  /// The object that `--json` leaves on the last line.
  func report() throws -> [String: Any] {
    let line = try #require(output.split(separator: "\n").last)
    let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
    return try #require(value as? [String: Any])
  }

  /// The program is built beside the tests.
  private static var program: URL? {
    let bundles = Bundle.allBundles.filter { $0.bundlePath.hasSuffix(".xctest") }
    let folder = bundles.first?.bundleURL.deletingLastPathComponent() ?? Bundle.main.bundleURL
    let program = folder.appending(path: "attune")
    return FileManager.default.isExecutableFile(atPath: program.path) ? program : nil
  }
}

extension Process {
  /// Starts the process with no signal blocked: tests run on worker threads, which have them blocked,
  /// and a process inherits that from the thread which starts it.
  func runUnblocked() throws {
    var (none, usual) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &usual)
    defer { pthread_sigmask(SIG_SETMASK, &usual, nil) }
    try run()
  }
}

/// A folder of its own for each test, gone when nobody holds it.
final class TestFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "attune-\(UUID())")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: url.appending(path: name))
  }

  func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: url.appending(path: name)), as: UTF8.self)
  }

  /// The rows of a JSON Lines file.
  func rows(_ name: String) throws -> [[String: Any]] {
    try text(name).split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  /// The names in the folder, or in one inside it, sorted.
  func names(_ name: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: url.appending(path: name).path).sorted()
  }

  func emptyFile(_ name: String) throws -> FileHandle {
    try write("", to: name)
    return try FileHandle(forWritingTo: url.appending(path: name))
  }
}

/// Files of the repository that tests read.
enum RepositoryFile {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A tokenizer of 2048 tokens.
  static let tokenizer = root.appending(path: "Demo/tokenizer").path
  /// A model with its tokenizer, eight pairs, and what TRL and transformers say about them.
  static let recorded = root.appending(path: "Tests/TrainersTests/Fixtures/dpo")
}
