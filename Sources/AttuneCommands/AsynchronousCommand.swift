import ArgumentParser

/// A command that waits for something other than the engine, such as a program or a server.
///
/// It runs on the main thread throughout; see ``MainThread``. `AsyncParsableCommand` would not: what
/// it requires is a function that leaves its caller's thread.
protocol AsynchronousCommand: ParsableCommand {
  /// Does what the command is there for.
  mutating func run() async throws
}
