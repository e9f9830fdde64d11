import NIOCore
import NIOPosix
import Synchronization

/// A connection that sends any bytes, as attackers do.
enum Connection {
  /// What came back.
  struct Reply: Sendable {
    /// All that the server sent.
    var text = ""
    /// Whether the server ended the connection.
    var isClosed = false

    /// The first line.
    var statusLine: String {
      String(text.prefix { !$0.isNewline })
    }
  }

  /// Sends pieces, and gathers what comes back until the server ends the connection.
  ///
  /// - Parameters:
  ///   - pieces: What is sent; nil is a pause.
  ///   - port: The server's port on this machine.
  ///   - pause: How long a pause is.
  ///   - end: What the last answer contains; the connection is not waited for longer.
  ///   - patience: How long is waited at most.
  /// - Returns: All that came back.
  /// - Throws: What stands in the way of a connection.
  static func exchange(
    _ pieces: [String?], port: Int, pause: Duration = .milliseconds(50), until end: String? = nil,
    patience: Duration = .seconds(20)
  ) async throws -> Reply {
    let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    let reply = Gathered()
    // What breaks here is the connection, and that is a reply too.
    try? await channel.executeThenClose { inbound, outbound in
      await withTaskGroup(of: Bool.self) { group in
        group.addTask {
          for piece in pieces {
            if let piece {
              guard (try? await outbound.write(ByteBuffer(string: piece))) != nil else { break }
            } else {
              try? await Task.sleep(for: pause)
            }
          }
          return false
        }
        group.addTask {
          do {
            for try await part in inbound {
              if reply.add(String(buffer: part), until: end) { return true }
            }
          } catch is CancellationError {
            return true
          } catch {}
          if !Task.isCancelled { reply.close() }
          return true
        }
        group.addTask {
          try? await Task.sleep(for: patience)
          return true
        }
        for await isOver in group where isOver { break }
        group.cancelAll()
      }
    }
    return reply.all
  }

  /// What has come back so far.
  private final class Gathered: Sendable {
    private let reply = Mutex(Reply())

    var all: Reply { reply.withLock { $0 } }

    func close() { reply.withLock { $0.isClosed = true } }

    /// Adds a text, and says whether the end is among all that there is.
    func add(_ text: String, until end: String?) -> Bool {
      reply.withLock { reply in
        reply.text += text
        return end.map { reply.text.contains($0) } ?? false
      }
    }
  }
}
