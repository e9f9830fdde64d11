import Synchronization

/// Shows how far a command is, on standard error.
///
/// On a terminal it keeps one live line, drawn again at most ten times a second; elsewhere it
/// writes a plain line every few steps. Other lines go through ``print(_:)``, which takes the live
/// line away and puts it back, so that the two never mix. What is drawn is ``ProgressLine``'s
/// affair; this type decides when.
package final class TerminalProgress: Sendable {
  /// Where the progress goes.
  package enum Display: Sendable {
    /// A terminal whose width is asked for at each drawing, as windows change.
    case live(width: @Sendable () -> Int, color: TerminalColor)
    /// A file or pipe: one line for each so many steps, and one for the last.
    case plain(every: Int)
  }

  private struct State {
    /// The live line on the screen; nothing when the cursor is at the start of an empty line.
    var line: String?
    var snapshot: ProgressSnapshot?
    var drawnAt: ContinuousClock.Instant?
  }

  private static let redrawInterval = Duration.milliseconds(100)
  /// To the first column, then clear to the end of the line (ECMA-48, erase in line).
  private static let clearLine = "\r\u{1B}[K"

  private let display: Display
  private let write: @Sendable (String) -> Void
  private let state = Mutex(State())

  /// Progress on a stream.
  ///
  /// - Parameters:
  ///   - stream: Standard error.
  ///   - environment: The environment, for `NO_COLOR` and `TERM`.
  ///   - interval: Steps between two lines where the stream is not a terminal.
  package convenience init(
    on stream: StandardStream, environment: [String: String], plainEvery interval: Int
  ) {
    let color = TerminalColor(isTerminal: stream.isTerminal, environment: environment)
    let isLive = stream.isTerminal && environment["TERM"] != "dumb"
    self.init(
      display: isLive ? .live(width: { stream.width }, color: color) : .plain(every: interval),
      write: { stream.write($0) })
  }

  /// Progress through a function that writes text.
  package init(display: Display, write: @escaping @Sendable (String) -> Void) {
    if case .plain(let interval) = display {
      precondition(interval > 0, "plain lines need an interval of at least 1, not \(interval)")
    }
    self.display = display
    self.write = write
  }

  /// Takes note of a step, and shows it if it is time.
  ///
  /// - Parameters:
  ///   - snapshot: How far the work is.
  ///   - now: The present moment.
  ///   - isPassing: Whether it is a part of a step, which a file of lines need not tell of.
  package func update(
    _ snapshot: ProgressSnapshot, at now: ContinuousClock.Instant, isPassing: Bool = false
  ) {
    state.withLock { state in
      let isLast = snapshot.step >= snapshot.total
      let isNew = state.snapshot?.activity != snapshot.activity
      state.snapshot = snapshot
      switch display {
      case .live:
        let isDue = state.drawnAt.map { now - $0 >= Self.redrawInterval } ?? true
        guard isDue || isLast || isNew else { return }
        state.drawnAt = now
        draw(&state)
      case .plain(let interval):
        guard !isPassing, snapshot.step % interval == 0 || isLast else { return }
        write("attune: \(ProgressLine.plain(snapshot))\n")
      }
    }
  }

  /// Writes a line of its own, above the live line.
  package func print(_ line: String) {
    state.withLock { state in
      let wasDrawn = state.line != nil
      clear(&state)
      write(line + "\n")
      if wasDrawn { draw(&state) }
    }
  }

  /// Leaves the last state on the screen and ends the line. The next update starts a new one.
  package func finish() {
    state.withLock { state in
      if case .live = display, state.snapshot != nil {
        draw(&state)
        write("\n")
      }
      state = State()
    }
  }

  /// Takes the live line away, for instance before an error.
  package func clear() { state.withLock { clear(&$0) } }

  private func clear(_ state: inout State) {
    if state.line != nil { write(Self.clearLine) }
    state.line = nil
  }

  private func draw(_ state: inout State) {
    guard case .live(let width, let color) = display, let snapshot = state.snapshot else { return }
    let line = ProgressLine.live(snapshot, width: width(), color: color)
    guard line != state.line else { return }
    write(Self.clearLine + line)
    state.line = line
  }
}
