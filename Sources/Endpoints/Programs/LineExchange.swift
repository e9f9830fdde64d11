#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// One batch of lines out and as many back, with everything that can go wrong on the way.
struct LineExchange: Sendable {
  let command: String
  /// Everything to write.
  let input: [UInt8]
  /// How many lines are answered.
  let rows: Int
  /// How long all of it may take.
  let limit: Duration
  let cancellation: Cancellation

  private static let longestLine = 1 << 24
  /// How soon a cancellation is seen.
  private static let longestWait = 50

  /// Writes and reads at the same time until every row is answered.
  ///
  /// - Parameters:
  ///   - child: The program; after an error it is of no more use.
  ///   - take: Reads a line.
  /// - Throws: ``ProgramError``, what `take` throws, or `CancellationError`.
  func run(
    with child: ChildProcess, take: (ArraySlice<UInt8>) throws(ProgramError) -> Void
  ) throws {
    let signals = BlockedPipeSignal()
    defer { signals.restore() }
    let deadline = ContinuousClock.now + limit
    var (written, answered, hasErrors) = (0, 0, true)
    if child.hasAnswered { try expectNothing(from: child, after: 0) }
    while answered < rows {
      let left = deadline - ContinuousClock.now
      if cancellation.isCancelled { throw CancellationError() }
      guard left > .zero else {
        _ = child.readErrors()
        throw ProgramError.timedOut(
          command: command, limit: limit, answered: answered, rows: rows,
          lastErrors: text(child.lastErrors))
      }
      var waits = [
        pollfd(fd: child.output, events: Int16(POLLIN), revents: 0),
        pollfd(fd: hasErrors ? child.errors : -1, events: Int16(POLLIN), revents: 0),
        pollfd(fd: written < input.count ? child.input : -1, events: Int16(POLLOUT), revents: 0),
      ]
      let wait = left < .milliseconds(Self.longestWait) ? 1 : Self.longestWait
      guard poll(&waits, nfds_t(waits.count), Int32(wait)) > 0 else { continue }
      if waits[1].revents != 0 { hasErrors = child.readErrors() }
      if waits[2].revents != 0 { written = write(to: child, from: written) }
      if waits[0].revents != 0 {
        switch child.answers.read(from: child.output) {
        case .bytes: try takeLines(of: child, answered: &answered, take)
        case .nothingYet: break
        case .end: throw ended(child, answered: answered)
        }
      }
    }
    try expectNothing(from: child, after: rows)
    child.hasAnswered = true
  }

  /// Writes what the pipe takes.
  ///
  /// - Returns: How much was written in all. A program that reads no more need not be written to: it
  ///   may still answer, and if not, its end is seen.
  private func write(to child: ChildProcess, from start: Int) -> Int {
    let count = input.withUnsafeBytes { bytes in
      #if canImport(Darwin)
        Darwin.write(child.input, bytes.baseAddress.map { $0 + start }, bytes.count - start)
      #elseif canImport(Musl)
        Musl.write(child.input, bytes.baseAddress.map { $0 + start }, bytes.count - start)
      #else
        Glibc.write(child.input, bytes.baseAddress.map { $0 + start }, bytes.count - start)
      #endif
    }
    if count >= 0 { return start + count }
    return errno == EAGAIN || errno == EINTR ? start : input.count
  }

  /// Hands whole lines on, and keeps the rest; blank lines are passed over.
  private func takeLines(
    of child: ChildProcess, answered: inout Int,
    _ take: (ArraySlice<UInt8>) throws(ProgramError) -> Void
  ) throws(ProgramError) {
    try child.answers.takeLines { line throws(ProgramError) in
      if !isBlank(line) {
        try take(line)
        answered += 1
      }
      return answered < rows
    }
    if child.answers.bytes.count > Self.longestLine, answered < rows {
      throw .endlessLine(command: command, row: answered, bytes: Self.longestLine)
    }
  }

  /// Refuses what no row asked for, as far as it is there yet.
  private func expectNothing(from child: ChildProcess, after rows: Int) throws(ProgramError) {
    while child.answers.bytes.count < Self.longestLine,
      case .bytes = child.answers.read(from: child.output)
    {}
    let unread = child.answers.bytes
    guard isBlank(unread[...]) else {
      let line = unread.split(separator: UInt8(ascii: "\n")).first { !isBlank($0) }
      throw .unasked(command: command, rows: rows, line: text(Array(line ?? [])))
    }
    child.answers.removeAll()
  }

  private func ended(_ child: ChildProcess, answered: Int) -> ProgramError {
    let end = child.waitForEnd(milliseconds: 1000) ?? .closedOutput
    _ = child.readErrors()
    return .ended(
      command: command, end, answered: answered, rows: rows, lastErrors: text(child.lastErrors))
  }

  private func isBlank(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}

/// Keeps this thread from being killed by a pipe that nobody reads any more, without changing what
/// the process does about the signal.
private struct BlockedPipeSignal {
  private var before = sigset_t()
  private let wasPending: Bool

  init() {
    wasPending = Self.isPending
    var pipeSignal = Self.pipeSignal
    pthread_sigmask(SIG_BLOCK, &pipeSignal, &before)
  }

  /// Takes a signal that came meanwhile, and lets the next through again.
  func restore() {
    if !wasPending, Self.isPending {
      var (pipeSignal, taken) = (Self.pipeSignal, Int32(0))
      sigwait(&pipeSignal, &taken)
    }
    var before = before
    pthread_sigmask(SIG_SETMASK, &before, nil)
  }

  private static var pipeSignal: sigset_t {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    return signals
  }

  private static var isPending: Bool {
    var pending = sigset_t()
    sigpending(&pending)
    return sigismember(&pending, SIGPIPE) == 1
  }
}
