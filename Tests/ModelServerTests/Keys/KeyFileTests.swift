import Foundation
import PreferenceData
import RunRecords
import Testing
import WebSupport

@testable import ModelServer

@Suite("Files of keys")
final class KeyFileTests {
  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "attune-keys-\(UUID().uuidString)")
  private var path: String { folder.appending(path: "keys.jsonl").path }

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func write(_ text: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path))
  }

  private func problem(_ text: String) throws -> String {
    try write(text)
    return try #require(throws: KeyFileError.self) { try KeyFile.read(path) }.description
  }

  /// SHA-256 of "abc".
  private static let digest = "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0"

  @Test("what is appended is read back, with every field")
  func roundTrip() throws {
    var alice = KeyRecord.named("alice", role: .admin, requests: 60, tokens: 5000, concurrent: 2)
    alice.expiry = Date(timeIntervalSince1970: 1_900_000_000)
    let bob = KeyRecord.named("bob")
    try KeyFile.append(alice, to: path)
    try KeyFile.append(bob, to: path)
    #expect(try KeyFile.read(path).records == [alice, bob])
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    #expect(
      try value(String(lines[0]))
        == value(
          """
          {"name": "alice", "digest": "\(SecretDigest(hashing: "alice").text)", "role": "admin",
           "requests_per_minute": 60, "tokens_per_minute": 5000, "concurrent": 2,
           "expires": "2030-03-17T17:46:40Z"}
          """))
  }

  @Test("nobody but its owner can read a new file, which holds no key")
  func secrecy() throws {
    var random = SeededGenerator(seed: 1)
    let key = APIKey(using: &random)
    try KeyFile.append(KeyRecord(name: "alice", digest: key.digest), to: path)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(try !String(contentsOfFile: path, encoding: .utf8).contains(key.text.dropFirst(10)))
    #expect(try KeyFile.read(path).record(presenting: key.text)?.name == "alice")
  }

  @Test("blank lines, other line ends and a last line without one")
  func edited() throws {
    try write("\n{\"name\": \"abc\", \"digest\": \"\(Self.digest)\"}\r\n \n")
    #expect(try KeyFile.read(path).record(presenting: "abc")?.role == .user)
    try write("{\"name\": \"abc\", \"digest\": \"\(Self.digest)\"}")
    try KeyFile.append(.named("bob"), to: path)
    #expect(try KeyFile.read(path).records.map(\.name) == ["abc", "bob"])
    try write("")
    #expect(try KeyFile.read(path).records.isEmpty)
  }

  @Test("a name that is there is refused, and the file stays as it was")
  func taken() throws {
    try KeyFile.append(.named("alice"), to: path)
    let before = try String(contentsOfFile: path, encoding: .utf8)
    let error = try #require(throws: KeyFileError.self) {
      try KeyFile.append(.named("alice", requests: 5), to: path)
    }
    #expect(
      error.description
        == "\(path): has a key called 'alice'; choose another name, or remove its line first")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == before)
  }

  @Test("a file that another process is writing is left alone")
  func held() throws {
    let lines = try #require(try AppendedLines(path: path))
    let error = try #require(throws: KeyFileError.self) {
      try KeyFile.append(.named("alice"), to: path)
    }
    #expect(
      error.description
        == "\(path): another process is writing it; try again when it is done")
    _ = consume lines
  }

  @Test("a file that is not there, and one that is none")
  func missing() throws {
    let error = try #require(throws: KeyFileError.self) { try KeyFile.read(path) }
    #expect(
      error.description
        == "\(path): there is no such file; make a key with 'attune serve key --name NAME --keys "
        + "\(path)'")
    let other = try #require(throws: KeyFileError.self) {
      try KeyFile.append(.named("alice"), to: folder.path)
    }
    #expect(other == .file(.notARegularFile(path: folder.path)))
    #expect(
      other.description
        == "\(folder.path): is not a regular file and is left alone; choose another file name")
  }

  @Test(
    "what is wrong with a line is said",
    arguments: [
      ("{", "saw the end at byte 2; allowed is a key in double quotes"),
      ("[1]", "saw a list of 1, but a line must be a JSON object"),
      ("{}", "'name' must be 1 to 64 letters, digits, '.', '_' or '-'"),
      (#"{"name": "a b"}"#, "'name' must be 1 to 64 letters, digits, '.', '_' or '-'"),
      (#"{"name": "a"}"#, "'digest' must be a SHA-256 in base64url, 43 characters"),
      (#"{"name": "a", "digest": "x"}"#, "'digest' must be a SHA-256 in base64url, 43 characters"),
      (#"{D, "role": "root"}"#, "'role' is the text \"root\", but must be user or admin"),
      (
        #"{D, "requests_per_minute": 0}"#,
        "'requests_per_minute' is the number 0, but must be a whole number from 1 to 1000000000"
      ),
      (
        #"{D, "tokens_per_minute": 1.5}"#,
        "'tokens_per_minute' is the number 1.5, but must be a whole number from 1 to 1000000000"
      ),
      (
        #"{D, "concurrent": "2"}"#,
        "'concurrent' is the text \"2\", but must be a whole number from 1 to 1000000000"
      ),
      (
        #"{D, "expires": "soon"}"#,
        "'expires' is the text \"soon\", but must be a time such as 2030-12-31T00:00:00Z"
      ),
      (
        #"{D, "tokens": 5}"#,
        "there is no field 'tokens'; there are name, digest, role, requests_per_minute, "
          + "tokens_per_minute, concurrent, expires"
      ),
    ])
  func wrong(line: String, sentence: String) throws {
    let fields = "\"name\": \"abc\", \"digest\": \"\(Self.digest)\""
    let line = line.replacingOccurrences(of: "{D", with: "{\(fields)")
    #expect(
      try problem("\n\(line)\n") == "\(path):2: \(sentence); correct the line or remove it")
  }

  @Test("two lines with one key, of which one may have another role")
  func sameKey() throws {
    let line = "\"digest\": \"\(Self.digest)\"}\n"
    #expect(
      try problem(#"{"name": "abc", "role": "admin", \#(line){"name": "b", \#(line)"#)
        == "\(path):2: 'abc' above has the same key; correct the line or remove it")
  }

  @Test("two lines with one name")
  func twice() throws {
    let line = "{\"name\": \"abc\", \"digest\": \"\(Self.digest)\"}\n"
    #expect(
      try problem(line + line)
        == "\(path):2: there is a key called 'abc' above; correct the line or remove it")
  }
}
