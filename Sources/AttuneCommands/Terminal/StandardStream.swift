import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Standard output or standard error: the one place where the program writes to them.
///
/// Every call hands its whole text to the operating system before it returns, so that a killed
/// program has shown all it said, and texts of different threads do not mix. When the reader of a
/// pipe has gone (`attune … | head`), the stream falls silent: progress that nobody reads is no
/// reason to lose a training run.
package final class StandardStream: Sendable {
  /// Results: what a program down the pipe reads.
  package static let output = StandardStream(descriptor: STDOUT_FILENO)
  /// Progress, warnings and errors: what a person reads.
  package static let error = StandardStream(descriptor: STDERR_FILENO)

  private let descriptor: Int32
  private let hasReader = Mutex(true)

  /// A stream on an open file descriptor.
  package init(descriptor: Int32) { self.descriptor = descriptor }

  /// Makes a write to a closed pipe an error that the stream can handle, instead of a signal that
  /// ends the program. Called once, when the program starts.
  package static func ignoreBrokenPipes() { _ = signal(SIGPIPE, SIG_IGN) }

  /// Whether a person is looking: the stream is a terminal.
  package var isTerminal: Bool { isatty(descriptor) == 1 }

  /// Whether anybody still reads. A command with a long result stops when nobody does.
  package var isOpen: Bool { hasReader.withLock { $0 } }

  /// The number of columns, or 80 where that is unknown.
  package var width: Int {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// Writes a text and a line feed.
  package func writeLine(_ line: String) { write(line + "\n") }

  /// Writes a text as it is.
  package func write(_ text: String) {
    var text = text
    hasReader.withLock { hasReader in
      guard hasReader else { return }
      hasReader = text.withUTF8 { writeAll(UnsafeRawBufferPointer($0)) }
    }
  }

  /// Whether all bytes were taken. Any failure counts as a reader that has gone: there is no
  /// third stream on which to report that the terminal cannot be written.
  private func writeAll(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let slice = UnsafeRawBufferPointer(rebasing: rest)
      #if canImport(Glibc)
        let count = Glibc.write(descriptor, slice.baseAddress, slice.count)
      #else
        let count = Darwin.write(descriptor, slice.baseAddress, slice.count)
      #endif
      if count < 0 {
        if errno == EINTR { continue }
        if errno == EAGAIN {
          // A terminal shared with a program that made it non-blocking: wait until it has room.
          var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          _ = poll(&ready, 1, -1)
          continue
        }
        return false
      }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
