import Foundation

/// Shows a page in the person's browser, by the program that the system has for it.
struct PageOpening {
  /// What opens files on this system.
  #if canImport(Darwin)
    static let program = "open"
  #else
    static let program = "xdg-open"
  #endif

  /// The environment, for `PATH`.
  let environment: [String: String]

  /// How long the program may take to fail. One that takes longer is showing the page.
  private static let patience = Duration.seconds(2)

  /// Opens a page.
  ///
  /// - Parameter path: The file.
  /// - Returns: Why it is not open, as a sentence; `nil` if it is.
  func open(_ path: String) -> String? {
    guard let executable else {
      return "\(path) was not opened: there is no program \(Self.program); open the file yourself"
    }
    let process = Process()
    process.executableURL = URL(filePath: executable)
    process.arguments = [URL(filePath: path).path]
    process.environment = environment
    (process.standardInput, process.standardOutput, process.standardError) = (
      FileHandle.nullDevice, FileHandle.nullDevice, FileHandle.nullDevice
    )
    do {
      try process.run()
    } catch {
      return "\(path) was not opened: \(executable) cannot be run: \(error.localizedDescription)"
    }
    let start = ContinuousClock.now
    while process.isRunning, ContinuousClock.now - start < Self.patience {
      Thread.sleep(forTimeInterval: 0.02)
    }
    guard !process.isRunning, process.terminationStatus != 0 else { return nil }
    return "\(path) was not opened: \(Self.program) ended with status "
      + "\(process.terminationStatus); open the file yourself"
  }

  private var executable: String? {
    (environment["PATH"] ?? "").split(separator: ":").lazy
      .map { "\($0)/\(Self.program)" }
      .first(where: FileManager.default.isExecutableFile)
  }
}
