#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif
#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
internal import Synchronization

/// A shell command as a child process with pipes, in a process group of its own.
///
/// The group lets the whole command be stopped, a pipeline of several programs too.
final class ChildProcess {
  /// The process and its group.
  private let identifier: pid_t
  /// Where rows go; without blocking.
  let input: Int32
  /// Where answers come from; without blocking.
  let output: Int32
  /// Where complaints come from; without blocking.
  let errors: Int32
  /// What was read of the answers and not taken.
  var answers = LineBuffer()
  /// Whether it has answered a batch, so that what it writes before the next is too much.
  var hasAnswered = false
  /// The end of what was read of the complaints.
  private(set) var lastErrors: [UInt8] = []
  private var status: Int32?

  private static let keptErrors = 4096
  /// Between the making of a pipe and its protection no other child may be made, which would keep
  /// the pipe open.
  private static let spawning = Mutex(())

  /// Starts a command.
  ///
  /// - Parameter command: What the shell runs.
  /// - Throws: ``ProgramError/cannotStart(command:reason:)``.
  init(command: String) throws(ProgramError) {
    let started = Self.spawning.withLock { _ in Result { try Self.start(command) } }
    switch started {
    case .success(let started):
      (identifier, input, output, errors) = started
    case .failure(let error):
      throw .cannotStart(command: command, reason: "\(error)")
    }
  }

  deinit {
    end()
    for descriptor in [input, output, errors] { _ = close(descriptor) }
  }

  private static func start(_ command: String) throws -> (pid_t, Int32, Int32, Int32) {
    var open: [Int32] = []
    do {
      for _ in 0..<3 {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw SystemError(code: errno) }
        open += ends
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      }
      let process = try spawn(command, input: open[0], output: open[3], errors: open[5])
      for index in [0, 3, 5] { _ = close(open[index]) }
      for index in [1, 2, 4] {
        _ = fcntl(open[index], F_SETFL, fcntl(open[index], F_GETFL) | O_NONBLOCK)
      }
      return (process, open[1], open[2], open[4])
    } catch {
      for descriptor in open { _ = close(descriptor) }
      throw error
    }
  }

  private static func spawn(
    _ command: String, input: Int32, output: Int32, errors: Int32
  ) throws -> pid_t {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for (target, source) in [input, output, errors].enumerated() {
      posix_spawn_file_actions_adddup2(&actions, source, Int32(target))
    }
    // What this process ignores or blocks the child is not to inherit.
    var (none, pipeSignal) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigemptyset(&pipeSignal)
    sigaddset(&pipeSignal, SIGPIPE)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &pipeSignal)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    let variables = ProcessInfo.processInfo.environment.map { "\($0)=\($1)" }
    var arguments = copies(of: ["sh", "-c", command])
    var environment = copies(of: variables)
    defer { for text in arguments + environment { free(text) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, "/bin/sh", &actions, &attributes, &arguments, &environment)
    guard code == 0 else { throw SystemError(code: code) }
    return process
  }

  /// C strings, and the null pointer that ends the list.
  private static func copies(of texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
    texts.map { text in strdup(text) } + [nil]
  }

  /// Reads what there is of the complaints, and keeps the last.
  ///
  /// - Returns: Whether more may come.
  func readErrors() -> Bool {
    while true {
      switch readAvailable(errors, into: &lastErrors) {
      case .bytes: lastErrors.removeFirst(max(0, lastErrors.count - Self.keptErrors))
      case .nothingYet: return true
      case .end: return false
      }
    }
  }

  /// How the process ended, waiting for that a while, at most; what it left behind is stopped.
  ///
  /// - Returns: `nil` if it runs on.
  func waitForEnd(milliseconds: Int) -> ProgramError.End? {
    for attempt in 0...milliseconds {
      if status == nil { status = reap() }
      if let status {
        let signal = status & 0x7F
        return signal == 0 ? .status((status >> 8) & 0xFF) : .signal(signal)
      }
      if attempt < milliseconds { usleep(1000) }
    }
    return nil
  }

  /// Stops what the process has left behind, if it has ended, and lets its number go.
  ///
  /// - Returns: How it ended; `nil` if it runs on.
  private func reap() -> Int32? {
    var information = siginfo_t()
    guard waitid(P_PID, id_t(identifier), &information, WEXITED | WNOHANG | WNOWAIT) == 0 else {
      // Somebody else has waited for it, and how it ended is lost.
      return errno == ECHILD ? 0 : nil
    }
    guard information.si_signo != 0 else { return nil }
    // As long as nobody has waited for the process, its number and its group's are its own.
    kill(-identifier, SIGKILL)
    var status: Int32 = 0
    return waitpid(identifier, &status, 0) == identifier ? status : 0
  }

  /// Stops the process and what it has started: asks first, then forces.
  private func end() {
    guard status == nil else { return }
    kill(-identifier, SIGTERM)
    if waitForEnd(milliseconds: 200) == nil {
      kill(-identifier, SIGKILL)
      _ = waitForEnd(milliseconds: 5000)
    }
  }
}

/// What came of reading without blocking.
enum Reading {
  case bytes
  case nothingYet
  case end
}

/// Appends what can be read at once, some tens of thousands of bytes at most.
func readAvailable(_ descriptor: Int32, into bytes: inout [UInt8]) -> Reading {
  let count = withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { buffer in
    let count = read(descriptor, buffer.baseAddress, buffer.count)
    if count > 0 { bytes.append(contentsOf: buffer[..<count]) }
    return count
  }
  if count > 0 { return .bytes }
  return count < 0 && (errno == EAGAIN || errno == EINTR) ? .nothingYet : .end
}

/// A failure of the operating system, in its own words.
struct SystemError: Error, CustomStringConvertible {
  let code: Int32

  var description: String { String(cString: strerror(code)) }
}
