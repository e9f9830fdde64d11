import Foundation

/// A real HTTP server, on this machine, in a process of its own. The path of a request says how it is
/// answered; what was asked before is counted by path.
///
/// Completions cost 100 tokens of prompt and 20 of completion. What "mirror" completes is the request itself,
/// "say" and "status" answer with the JSON that the prompt begins with, and "vote" with one of a list there.
final class LocalServer: Sendable {
  /// One for tests that share nothing by their paths; it ends with the process.
  static let shared = Result { try LocalServer() }

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
    import collections, http.server, json, os, threading, time
    asked = collections.Counter()
    lock, four = threading.Lock(), threading.Barrier(4, timeout=30)
    turn, finished, under_way, most = threading.Condition(), set(), 0, 0
    def prompt(body): return body["prompt"] if "prompt" in body else body["messages"][-1]["content"]
    def first(text):
        try: return json.JSONDecoder().raw_decode(text)[0]
        except ValueError: return None
    def said(text):
        value = first(text)
        return text.encode() if value is None else json.dumps(value).encode()
    def completion(text):
        return json.dumps({"usage": {"prompt_tokens": 100, "completion_tokens": 20}, "choices": [
            {"text": text, "message": {"role": "assistant", "content": text},
             "finish_reason": "stop"}]}).encode()
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
            global under_way, most
            body = self.rfile.read(int(self.headers["Content-Length"]))
            path = self.path.split("?")[0]
            with lock: asked[path] += 1
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
            elif kind == "asked": self.answer(200, json.dumps(asked[path[len("/asked"):]]).encode())
            elif kind == "mirror": self.answer(200, completion(body.decode()))
            elif kind == "say": self.answer(200, said(prompt(json.loads(body))))
            elif kind == "status":
                self.answer(int(path.split("/")[2]), said(prompt(json.loads(body))))
            elif kind == "vote":
                asked_for = json.loads(body)
                votes = first(prompt(asked_for))
                vote = votes[asked_for["seed"] % len(votes)]
                self.answer(200, completion(vote.replace("TOKENS", str(asked_for["max_tokens"]))))
            elif kind == "limited":
                if asked[path] == 1: self.answer(429, b"", Retry_After="3")
                else: self.answer(200, completion("at last"))
            elif kind == "flaky":
                text = prompt(json.loads(body))
                with lock: asked[text] += 1
                if text == "bad" and asked[text] == 1:
                    self.answer(400, b'{"error": {"message": "not that one", "code": 7}}')
                else: self.answer(200, completion(text + "!"))
            elif kind == "four":
                with lock:
                    under_way += 1
                    most = max(most, under_way)
                four.wait()
                with lock:
                    under_way -= 1
                    text = str(most)
                self.answer(200, completion(text))
            elif kind == "backwards":
                number = int(prompt(json.loads(body)))
                with turn: turn.wait_for(lambda: number == 3 or number + 1 in finished, 30)
                self.answer(200, completion(f"{number}!"))
                with turn:
                    finished.add(number)
                    turn.notify_all()
            else: self.answer(200, json.dumps({"count": asked[path]}).encode())
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    parent = os.getppid()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port)
    while os.getppid() == parent: time.sleep(1)
    """
}
