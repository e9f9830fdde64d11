public import Hummingbird

extension Response {
  /// An answer that is sent message by message.
  ///
  /// - Parameter messages: Writes messages, each by ``ServerSentEvent/text``. A write throws when
  ///   the client has left.
  /// - Returns: The answer, with status 200.
  public static func eventStream(
    _ messages: @escaping @concurrent @Sendable (inout any ResponseBodyWriter) async throws -> Void
  ) -> Response {
    Response(
      status: .ok,
      headers: [
        .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-cache",
        // nginx would otherwise collect messages until a buffer is full.
        .known("X-Accel-Buffering"): "no",
      ],
      body: ResponseBody { writer in
        try await messages(&writer)
        try await writer.finish(nil)
      })
  }
}
