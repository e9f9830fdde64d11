import Foundation

/// A real HTTP server, on this machine, in a process of its own. The path of a request says how it is
/// answered; what was asked before is counted by path.
final class LocalServer {
  let address: String
  private let process = Process()

  init() throws {
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-u", "-c", Self.source]
    process.standardOutput = output
    try process.run()
    var line = Data()
    while line.last != UInt8(ascii: "\n"),
      case let byte = output.fileHandleForReading.readData(ofLength: 1), !byte.isEmpty
    {
      line += byte
    }
    let port = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    address = "http://127.0.0.1:\(port)"
  }

  // A child inherits the signals that its parent's threads block, those that ask it to end among them.
  deinit { kill(process.processIdentifier, SIGKILL) }

  private static let source = """
    import collections, http.server, json, time
    asked = collections.Counter()
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        def log_message(self, *arguments): pass
        def answer(self, status, body, **headers):
            self.send_response(status)
            for name, value in headers.items(): self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            path = self.path.split("?")[0]
            asked[path] += 1
            kind = path.split("/")[1]
            if kind == "echo":
                self.answer(200, json.dumps({"body": json.loads(body), "count": asked[path],
                    "type": self.headers["Content-Type"],
                    "authorization": self.headers.get("Authorization")}).encode())
            elif kind == "busy" and asked[path] <= 2:
                self.answer(503 if asked[path] == 1 else 429, b"busy", Retry_After="7")
            elif kind == "later": self.answer(503, b"later", Retry_After="3600")
            elif kind == "broken": self.answer(500, b"out of \\x1b[31mluck\\n" + b"x" * 5000)
            elif kind == "refused": self.answer(401, b"no")
            elif kind == "nonsense": self.answer(200, b"<html>")
            elif kind == "hang": time.sleep(600)
            elif kind == "drip":
                self.send_response(200)
                self.send_header("Content-Length", "100000")
                self.end_headers()
                while True:
                    self.wfile.write(b" "); self.wfile.flush(); time.sleep(0.05)
            elif kind == "drop" and asked[path] <= 1: self.close_connection = True
            elif kind == "scores":
                rows = json.loads(body)["rows"]
                self.answer(200, json.dumps({"scores": [
                    None if row["prompt"] == "q" else len(row["completion"]) for row in rows]}).encode())
            elif kind == "few": self.answer(200, b'{"scores": [1]}')
            else: self.answer(200, json.dumps({"count": asked[path]}).encode())
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_port)
    server.serve_forever()
    """
}
