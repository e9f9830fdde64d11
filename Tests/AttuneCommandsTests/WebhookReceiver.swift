import Foundation
import PreferenceData

/// A server that answers each post with a status, and keeps what was posted, a line each, in a file.
final class WebhookReceiver {
  let address: String
  private let folder: TestFolder
  private let process = Process()

  init(in folder: TestFolder, status: Int = 204) throws {
    self.folder = folder
    try folder.write("", to: "posted.jsonl")
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-u", "-c", Self.source, "\(status)"]
    process.currentDirectoryURL = folder.url
    process.standardOutput = output
    try process.run()
    var line = Data()
    while line.last != UInt8(ascii: "\n") {
      let byte = output.fileHandleForReading.readData(ofLength: 1)
      if byte.isEmpty { break }
      line += byte
    }
    let port = String(decoding: line, as: UTF8.self)
    address =
      "http://127.0.0.1:\(port.trimmingCharacters(in: .whitespacesAndNewlines))/hook?token=x"
  }

  deinit { kill(process.processIdentifier, SIGKILL) }

  /// What was posted.
  var posted: [JSONObject] {
    get throws {
      try folder.text("posted.jsonl").split(separator: "\n").map { line in
        guard case .object(let object)? = JSONValue(parsing: Array(line.utf8)) else { return [:] }
        return object
      }
    }
  }

  private static let source = """
    import http.server, sys
    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *arguments): pass
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            known = self.headers["Content-Type"] == "application/json" and self.path == "/hook?token=x"
            with open("posted.jsonl", "ab") as file: file.write((body if known else b"[]") + b"\\n")
            self.send_response(int(sys.argv[1]))
            self.send_header("Content-Length", "0")
            self.end_headers()
    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_port)
    server.serve_forever()
    """
}
