import Endpoints
import Foundation
import Rewards
import Testing

@Suite("A server as a reward", .timeLimit(.minutes(1)))
struct EndpointRewardTests {
  /// A real server that scores by length, or gives one score too few, or text.
  private static let source = """
    import http.server, json
    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *arguments): pass
        def do_POST(self):
            rows = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["rows"]
            scores = [None if row["prompt"] == "q" else len(row["completion"]) for row in rows]
            if self.path == "/few": scores = scores[1:]
            if self.path == "/text": scores[0] = "high"
            body = json.dumps({"scores": scores}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_port)
    server.serve_forever()
    """

  /// Runs the server while it is asked.
  private func withServer(_ body: (String) async throws -> Void) async throws {
    let (process, output) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-u", "-c", Self.source]
    process.standardOutput = output
    try process.run()
    // A child inherits the signals that its parent's threads block, so it is not asked to end.
    defer { kill(process.processIdentifier, SIGKILL) }
    let line = output.fileHandleForReading.availableData
    let port = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    try await body("http://127.0.0.1:\(port)")
  }

  private let batch = [("p", "four"), ("q", "four"), ("p", "")].map {
    RewardedCompletion(prompt: $0, completion: $1)
  }

  @Test("a batch is one request, and null is nothing to say")
  func scores() async throws {
    try await withServer { address in
      let reward = EndpointReward(endpoint: try HTTPEndpoint(address: address + "/score"))
      #expect(reward.name == "endpoint")
      #expect(try await reward.checkedScores(of: batch) == [4, nil, 0])
      #expect(try await reward.scores(of: []).isEmpty)
    }
  }

  @Test("too few scores, and scores that are none", arguments: ["few", "text"])
  func wrong(path: String) async throws {
    try await withServer { address in
      let reward = EndpointReward(endpoint: try HTTPEndpoint(address: "\(address)/\(path)"))
      do {
        _ = try await reward.scores(of: batch)
        Issue.record("no error")
      } catch {
        #expect("\(error)".hasPrefix("\(address)/\(path) answered with \"{\"scores\": ["))
        #expect(
          "\(error)".hasSuffix(
            "it must answer an object whose 'scores' is a list of 3 numbers or nulls, one a row"))
      }
    }
  }
}
