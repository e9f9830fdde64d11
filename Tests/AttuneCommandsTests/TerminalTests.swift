import AttuneCommands
import Foundation
import Synchronization
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("Progress line")
struct ProgressLineTests {
  private let snapshot = ProgressSnapshot(
    activity: "training", step: 50, total: 200, figures: [.init("loss", 0.693147)],
    rates: [.init(8.214, "pairs"), .init(3121, "tokens")], elapsed: .seconds(75))

  @Test("a wide terminal shows everything")
  func wide() {
    #expect(
      ProgressLine.live(snapshot, width: 140, color: .off)
        == "training 50/200  [#######-----------------------]  25%  loss 0.6931  8.21 pairs/s  "
        + "3.1k tokens/s  1:15 elapsed  3:45 left")
  }

  @Test("a narrow terminal loses elapsed time, then rates, then the bar")
  func narrow() {
    #expect(
      ProgressLine.live(snapshot, width: 80, color: .off)
        == "training 50/200  [####-------------]  25%  loss 0.6931  8.21 pairs/s  3:45 left")
    #expect(
      ProgressLine.live(snapshot, width: 60, color: .off)
        == "training 50/200  25%  loss 0.6931  8.21 pairs/s  3:45 left")
    #expect(ProgressLine.live(snapshot, width: 20, color: .off) == "training 50/200  25")
  }

  @Test("no line is as wide as its terminal", arguments: 1...140)
  func fits(width: Int) {
    let line = ProgressLine.live(snapshot, width: width, color: .off)
    #expect(line.count < max(width, 2))
    #expect(!line.contains("\u{1B}"))
    // Colour changes nothing but the colour.
    let painted = ProgressLine.live(snapshot, width: width, color: .on)
    let plain = ["36", "2", "0"].reduce(painted) { $0.replacing("\u{1B}[\($1)m", with: "") }
    #expect(plain == line)
  }

  @Test("plain lines hold everything")
  func plain() {
    #expect(
      ProgressLine.plain(snapshot)
        == "training 50/200 (25%), loss 0.6931, 8.21 pairs/s, 3.1k tokens/s, 1:15 elapsed, 3:45 left"
    )
    let start = ProgressSnapshot(activity: "reference", step: 0, total: 9, elapsed: .zero)
    #expect(ProgressLine.plain(start) == "reference 0/9 (0%), 0:00 elapsed")
  }

  @Test("nothing to do counts as done")
  func empty() {
    let empty = ProgressSnapshot(activity: "scoring", step: 0, total: 0, elapsed: .zero)
    #expect(empty.fraction == 1)
    #expect(ProgressLine.plain(empty) == "scoring 0/0 (100%), 0:00 elapsed")
  }
}

@Suite("Numbers for people")
struct NumberTextTests {
  @Test(arguments: [
    (0.693147, "0.6931"), (9.99996, "10.00"), (0.0000123456, "1.235e-05"), (0, "0"),
    (-1.5, "-1.500"), (123_456, "123456"), (5e-7, "5.000e-07"), (1e12, "1.000e+12"),
    (Double.nan, "NaN"), (-Double.infinity, "-Infinity"), (0.99996, "1.000"), (0.0001, "0.0001000"),
  ])
  func fourDigits(value: Double, text: String) {
    #expect(NumberText.significant(value, digits: 4) == text)
  }

  @Test(arguments: [
    (0.0, "0"), (0.034, "0.034"), (0.19, "0.19"), (8.214, "8.21"), (9.996, "10.0"), (31.26, "31.3"),
    (99.96, "100"), (999.4, "999"), (999.6, "1.0k"), (3121, "3.1k"), (99_960, "100k"),
    (312_345, "312k"), (1_250_000, "1.3M"), (2e9, "2.0G"),
  ])
  func rates(value: Double, text: String) { #expect(NumberText.abbreviated(value) == text) }

  @Test(arguments: [
    (0.0, "0:00"), (7.9, "0:07"), (754, "12:34"), (3723, "1:02:03"), (360_000, "100:00:00"),
  ])
  func clocks(seconds: Double, text: String) {
    #expect(NumberText.clock(.seconds(seconds)) == text)
  }

  @Test(arguments: [(1.005, 1, "1.0"), (0.05, 1, "0.1"), (-0.04, 1, "0.0"), (2.5, 0, "3")])
  func decimals(value: Double, decimals: Int, text: String) {
    #expect(NumberText.fixed(value, decimals: decimals) == text)
  }
}

@Suite("Terminal progress")
struct TerminalProgressTests {
  /// Keeps what would be shown, one entry for each write.
  private final class Screen: Sendable {
    private let texts = Mutex<[String]>([])
    var writes: [String] { texts.withLock { $0 } }
    func write(_ text: String) { texts.withLock { $0.append(text) } }
  }

  private let start = ContinuousClock.now

  private func snapshot(_ step: Int, activity: String = "training") -> ProgressSnapshot {
    ProgressSnapshot(activity: activity, step: step, total: 100, elapsed: .seconds(step))
  }

  private func liveProgress(on screen: Screen) -> TerminalProgress {
    TerminalProgress(display: .live(width: { 60 }, color: .off), write: { screen.write($0) })
  }

  @Test("draws at most ten times a second, and always the last step")
  func throttle() throws {
    let screen = Screen()
    let progress = liveProgress(on: screen)
    // 100 steps, 10 ms apart: drawn at 0, 100, …, 900 ms, and the last step at 990 ms.
    for step in 1...100 {
      progress.update(snapshot(step), at: start + .milliseconds(10 * (step - 1)))
    }
    #expect(screen.writes.count == 11)
    #expect(screen.writes.allSatisfy { $0.hasPrefix("\r\u{1B}[K") && !$0.contains("\n") })
    #expect(try #require(screen.writes.last).contains("training 100/100"))
  }

  @Test("a new activity is shown at once")
  func activities() {
    let screen = Screen()
    let progress = liveProgress(on: screen)
    progress.update(snapshot(3, activity: "reference"), at: start)
    progress.update(snapshot(1), at: start + .milliseconds(1))
    #expect(screen.writes.count == 2)
  }

  @Test("other lines stand above the live line")
  func otherLines() {
    let screen = Screen()
    let progress = liveProgress(on: screen)
    progress.print("before")
    progress.update(snapshot(1), at: start)
    let line = ProgressLine.live(snapshot(1), width: 60, color: .off)
    progress.print("between")
    progress.finish()
    progress.print("after")
    #expect(
      screen.writes.joined()
        == "before\n\r\u{1B}[K\(line)\r\u{1B}[Kbetween\n\r\u{1B}[K\(line)\nafter\n")
  }

  @Test("finish shows the last state, drawn or not")
  func finish() {
    let screen = Screen()
    let progress = liveProgress(on: screen)
    progress.update(snapshot(1), at: start)
    progress.update(snapshot(2), at: start + .milliseconds(50))
    progress.finish()
    #expect(
      screen.writes.joined().hasSuffix(
        "\r\u{1B}[K" + ProgressLine.live(snapshot(2), width: 60, color: .off) + "\n"))
  }

  @Test("elsewhere: a line for each so many steps and one for the last")
  func plainLines() {
    let screen = Screen()
    let progress = TerminalProgress(display: .plain(every: 40), write: { screen.write($0) })
    for step in 1...100 { progress.update(snapshot(step), at: start) }
    progress.print("attune: warning: look here")
    progress.finish()
    #expect(
      screen.writes
        == [40, 80, 100].map { "attune: \(ProgressLine.plain(snapshot($0)))\n" }
        + ["attune: warning: look here\n"])
  }
}

@Suite("Messages and statuses")
struct MessageTests {
  private struct Complaint: Error, CustomStringConvertible {
    let description = "pairs.jsonl:3: field 'chosen' is missing"
  }

  @Test("the statuses are a promise")
  func statuses() {
    #expect(ExitStatus.allCases.map(\.rawValue) == [0, 1, 2, 64, 65, 130, 143])
    #expect(StopSignal.interrupt.exitStatus.rawValue == 128 + SIGINT)
    #expect(StopSignal.terminate.exitStatus.rawValue == 128 + SIGTERM)
  }

  @Test("the place of the call gives the status, and a failure keeps its own")
  func reporting() throws {
    #expect(throws: Failure(.data, "pairs.jsonl:3: field 'chosen' is missing")) {
      try Failure.reporting(as: .data) { throw Complaint() }
    }
    #expect(throws: Failure(.usage, "inner")) {
      try Failure.reporting(as: .data) { throw Failure(.usage, "inner") }
    }
    #expect(try Failure.reporting(as: .data) { 7 } == 7)
    #expect(Failure(Complaint()).status == .failure)
    #expect(Failure(Failure(.checkFailed, "gate")).status == .checkFailed)
  }

  @Test("a failure cannot claim success")
  func noSuccess() async {
    await #expect(processExitsWith: .failure) { _ = Failure(.success, "fine") }
  }

  @Test("messages are painted on terminals only")
  func rendering() {
    let message = TerminalMessage(Failure(.data, "no pairs left"))
    #expect(message.rendered(.off) == "attune: error: no pairs left")
    #expect(message.rendered(.on) == "attune: \u{1B}[1;31merror:\u{1B}[0m no pairs left")
    #expect(TerminalMessage(.warning, "x").rendered(.off) == "attune: warning: x")
    #expect(TerminalMessage(.note, "x").rendered(.off) == "attune: x")
  }

  @Test("data cannot drive the terminal")
  func controlCharacters() {
    let message = TerminalMessage(.error, "prompt '\u{1B}]0;x\u{7}\r' is\n\tbad, é 漢 🙂 stay")
    #expect(
      message.rendered(.off)
        == "attune: error: prompt '\\u{1B}]0;x\\u{7}\\u{D}' is\n\tbad, é 漢 🙂 stay")
  }

  @Test(
    "NO_COLOR, a pipe or a dumb terminal switch colour off",
    arguments: [
      (true, [:], true), (true, ["NO_COLOR": ""], true), (true, ["NO_COLOR": "1"], false),
      (true, ["TERM": "dumb"], false), (false, ["TERM": "xterm"], false),
    ] as [(Bool, [String: String], Bool)])
  func color(isTerminal: Bool, environment: [String: String], isOn: Bool) {
    let color = TerminalColor(isTerminal: isTerminal, environment: environment)
    #expect((color.paint("x", .cyan) != "x") == isOn)
  }

  @Test("tables align words left and numbers right")
  func table() {
    var table = Table(.init("reason"), .init("rows", .right), .init("note"))
    table.append("empty completion", "3", "é")
    table.append("identical", "1204", "")
    #expect(
      table.rendered() == """
        reason            rows  note
        ----------------  ----  ----
        empty completion     3  é
        identical         1204
        """)
  }
}

@Suite("Standard streams")
struct StandardStreamTests {
  @Test("writes every byte, also more than a pipe holds at once")
  func writesAll() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    let (readEnd, writeEnd) = (ends[0], ends[1])
    let text = String(repeating: "0123456789abcdef", count: 1 << 14)  // 256 KiB; a pipe holds 64
    // A thread and no task: one that waits for another task keeps a thread that all tests share.
    Thread.detachNewThread {
      StandardStream(descriptor: writeEnd).writeLine(text)
      close(writeEnd)
    }
    var (total, buffer) = (0, [UInt8](repeating: 0, count: 4096))
    while case let count = read(readEnd, &buffer, buffer.count), count > 0 { total += count }
    #expect(total == text.utf8.count + 1)
    close(readEnd)
  }

  @Test("a reader that goes away ends neither the program nor the work")
  func brokenPipe() async {
    await #expect(processExitsWith: .exitCode(7)) {
      StandardStream.ignoreBrokenPipes()
      var ends: [Int32] = [0, 0]
      guard pipe(&ends) == 0 else { exit(1) }
      let stream = StandardStream(descriptor: ends[1])
      stream.writeLine("read by nobody")
      guard stream.isOpen else { exit(2) }
      close(ends[0])
      stream.writeLine("lost")
      stream.writeLine("lost too")
      exit(stream.isOpen ? 3 : 7)
    }
  }

  @Test("a pipe is no terminal and is taken to be 80 columns wide")
  func pipeIsNoTerminal() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    let stream = StandardStream(descriptor: ends[1])
    #expect(!stream.isTerminal)
    #expect(stream.width == 80)
    for end in ends { close(end) }
  }
}

/// Each test runs in a process of its own, which sends itself the signals as a shell would.
@Suite("Interruption")
struct InterruptionTests {
  /// Sends the process a signal and waits, ten seconds at most, until it has been seen.
  ///
  /// `raise` would not do: tests run on worker threads, which have signals blocked.
  private static func send(_ signal: StopSignal) {
    kill(getpid(), signal.rawValue)
    for _ in 0..<10_000 where Interruption.requested == nil { usleep(1000) }
  }

  /// Sends a second signal, and ends with 1 if the process is still there ten seconds later.
  private static func sendAgain(_ signal: StopSignal) -> Never {
    kill(getpid(), signal.rawValue)
    sleep(10)
    exit(1)
  }

  @Test("the first signal is remembered and the work goes on")
  func first() async {
    await #expect(processExitsWith: .exitCode(42)) {
      Interruption.listen()
      guard Interruption.requested == nil else { exit(1) }
      Self.send(.terminate)
      exit(Interruption.requested == .terminate ? 42 : 2)
    }
  }

  @Test("the second signal leaves at once: SIGINT")
  func secondInterrupt() async {
    await #expect(processExitsWith: .exitCode(130)) {
      Interruption.listen()
      Self.send(.interrupt)
      Self.sendAgain(.interrupt)
    }
  }

  @Test("the second signal leaves at once: SIGTERM after SIGINT")
  func secondTerminate() async {
    await #expect(processExitsWith: .exitCode(143)) {
      Interruption.listen()
      Self.send(.interrupt)
      guard Interruption.requested == .interrupt else { exit(2) }
      Self.sendAgain(.terminate)
    }
  }

  @Test("a signal that was ignored at the start stays ignored")
  func ignored() async {
    await #expect(processExitsWith: .exitCode(42)) {
      _ = signal(SIGINT, SIG_IGN)
      Interruption.listen()
      kill(getpid(), SIGINT)
      kill(getpid(), SIGINT)
      // The other signal still counts; that it is the first one proves that SIGINT did nothing.
      Self.send(.terminate)
      exit(Interruption.requested == .terminate ? 42 : 1)
    }
  }
}
