import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A request from outside to stop.
package enum StopSignal: Int32, Sendable, CaseIterable {
  /// SIGINT: Ctrl-C.
  case interrupt = 2
  /// SIGTERM: `kill`, a scheduler, a container being stopped.
  case terminate = 15

  /// What the command tells the shell when it has stopped for this signal: 128 + its number.
  package var exitStatus: ExitStatus {
    switch self {
    case .interrupt: .interrupted
    case .terminate: .terminated
    }
  }
}

/// Lets a command finish its step, or the requests under way, when it is asked to stop.
///
/// The first SIGINT or SIGTERM is remembered, and a sentence says so; the training loop looks at
/// ``requested`` between two steps, a server all the time. The second leaves at once with 130 or 143.
///
/// Safe on any thread: the handler touches one lock-free atomic number and constant text, and calls
/// `write` and `_exit`, which POSIX allows in a signal handler; it takes no lock, allocates nothing,
/// and no other code writes the number.
package enum Interruption {
  /// What a command finishes before it stops.
  package enum Unit {
    /// The step that is under way.
    case step
    /// The requests that are under way.
    case requests
  }

  /// Starts listening. Called once, before the work begins.
  ///
  /// A signal that was ignored when the program started (`nohup`, a background job) stays ignored.
  ///
  /// - Parameter unit: What is finished before the command stops.
  package static func listen(finishing unit: Unit = .step) {
    finishesRequests.store(unit == .requests, ordering: .relaxed)
    // The first use of a global may run its initialiser, which a handler must not do.
    _ = firstSignal.load(ordering: .relaxed)
    _ = (stepNotice.utf8CodeUnitCount, requestsNotice.utf8CodeUnitCount)
    for signal in StopSignal.allCases where !isIgnored(signal) {
      var action = sigaction()
      #if canImport(Darwin)
        action.__sigaction_u.__sa_handler = handleStopSignal
      #else
        action.__sigaction_handler.sa_handler = handleStopSignal
      #endif
      // A write that is under way goes on instead of failing with EINTR.
      action.sa_flags = SA_RESTART
      sigemptyset(&action.sa_mask)
      sigaction(signal.rawValue, &action, nil)
    }
  }

  /// The first signal that asked to stop, if one did.
  package static var requested: StopSignal? {
    StopSignal(rawValue: firstSignal.load(ordering: .acquiring))
  }

  private static func isIgnored(_ signal: StopSignal) -> Bool {
    var action = sigaction()
    sigaction(signal.rawValue, nil, &action)
    #if canImport(Darwin)
      let handler = action.__sigaction_u.__sa_handler
    #else
      let handler = action.__sigaction_handler.sa_handler
    #endif
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}

/// The number of the first signal; 0 before it comes.
private let firstSignal = Atomic<Int32>(0)
private let finishesRequests = Atomic(false)
private let stepNotice: StaticString =
  "\nattune: stopping after this step; press Ctrl-C or send the signal again to leave at once\n"
private let requestsNotice: StaticString =
  "\nattune: stopping when requests under way are answered; press Ctrl-C or send the signal again to leave at once\n"

private func handleStopSignal(_ number: Int32) {
  let isFirst = firstSignal.compareExchange(
    expected: 0, desired: number, ordering: .acquiringAndReleasing
  ).exchanged
  guard isFirst else { _exit(128 + number) }
  let savedErrno = errno
  let notice = finishesRequests.load(ordering: .relaxed) ? requestsNotice : stepNotice
  _ = write(STDERR_FILENO, notice.utf8Start, notice.utf8CodeUnitCount)
  errno = savedErrno
}
