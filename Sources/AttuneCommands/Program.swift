import ArgumentParser
import Foundation

/// The program: arguments in, an exit status out. It writes what a command throws.
package enum Program {
  /// Runs the command that the process was started with, and ends the process.
  package static func main() -> Never {
    let arguments = Array(CommandLine.arguments.dropFirst())
    if let command = arguments.first, Attune.tensorCommands.contains(command) {
      ThreadWaiting.restartWithShortSpins(environment: ProcessInfo.processInfo.environment)
    }
    StandardStream.ignoreBrokenPipes()
    exit(MainThread.run { await run(arguments) })
  }

  /// Runs a command.
  ///
  /// - Parameter arguments: What follows the program's name.
  /// - Returns: The exit status; see ``ExitStatus``.
  package static func run(_ arguments: [String]) async -> Int32 {
    do {
      let arguments = try preparedForParsing(arguments)
      let command: any ParsableCommand
      do {
        command = try Attune.parseAsRoot(arguments)
      } catch {
        return report(parsing: error)
      }
      return try await run(command)
    } catch {
      return report(FailureMapping.failure(for: error))
    }
  }

  private static func run(_ command: any ParsableCommand) async throws -> Int32 {
    var command = command
    do {
      if var waiting = command as? any AsynchronousCommand {
        try await waiting.run()
      } else {
        try command.run()
      }
      return ExitStatus.success.rawValue
    } catch let error as ExitCode {
      return error.rawValue
    } catch  where Attune.exitCode(for: error) == .success {
      // Help, the version or a completion script, asked for.
      return report(parsing: error)
    }
  }

  private static func report(_ failure: Failure) -> Int32 {
    StandardStream.error.writeLine(rendered(failure))
    return failure.status.rawValue
  }

  /// Shows help that was asked for, or what is wrong with the arguments and how they should be.
  private static func report(parsing error: any Error) -> Int32 {
    let text = Attune.fullMessage(for: error)
    guard Attune.exitCode(for: error) != .success else {
      StandardStream.output.writeLine(text)
      return ExitStatus.success.rawValue
    }
    let message = Attune.message(for: error)
    StandardStream.error.writeLine(rendered(Failure(.usage, message)))
    let usage = text.dropFirst("Error: \(message)\n".count)
    if !usage.isEmpty { StandardStream.error.writeLine(String(usage)) }
    return ExitStatus.usage.rawValue
  }

  private static func rendered(_ failure: Failure) -> String {
    let color = TerminalColor(
      isTerminal: StandardStream.error.isTerminal,
      environment: ProcessInfo.processInfo.environment)
    return TerminalMessage(failure).rendered(color)
  }
}
