import Foundation
import HTTPTypes
import PreferenceData
import Testing
import WebSupport

@testable import ModelServer

@Suite("Keys")
struct KeyRingTests {
  private let now = Date(timeIntervalSince1970: 1_000_000)

  private func problem(_ ring: KeyRing, _ headers: HTTPFields) throws -> RequestProblem {
    try #require(throws: RequestProblem.self) { try ring.authenticate(headers, now: now) }
  }

  @Test("a key is a prefix and 43 characters, and another each time")
  func keys() {
    var random = SeededGenerator(seed: 3)
    let keys = (0..<100).map { _ in APIKey(using: &random) }
    #expect(Set(keys.map(\.text)).count == 100)
    for key in keys {
      #expect(key.text.hasPrefix("sk-attune-") && key.text.utf8.count == 53)
      #expect(key.digest == SecretDigest(hashing: key.text))
    }
  }

  @Test("no way of printing shows a key")
  func printing() {
    var random = SeededGenerator(seed: 3)
    let key = APIKey(using: &random)
    let record = KeyRecord(name: "alice", digest: key.digest)
    var dumped = ""
    dump(key, to: &dumped)
    dump(record, to: &dumped)
    let shown =
      "\(key) \(String(reflecting: key)) \(record) \(String(reflecting: record)) \(dumped)"
    #expect(!shown.contains(key.text.dropFirst(10)))
    #expect(!shown.contains(key.digest.text))
  }

  @Test("each key is known, and nothing else")
  func lookUp() {
    let ring = KeyRing(["alice", "bob", "carol"].map { .named($0) })
    for name in ["alice", "bob", "carol"] {
      #expect(ring.record(presenting: name)?.name == name)
    }
    for guess in ["", "Alice", "alice ", "alic", "alicf", SecretDigest(hashing: "alice").text] {
      #expect(ring.record(presenting: guess) == nil)
    }
    #expect(KeyRing([]).record(presenting: "alice") == nil)
  }

  @Test("a setting that was left empty lets nobody in")
  func empty() throws {
    let ring = KeyRing([KeyRecord(name: "admin", digest: SecretDigest(hashing: ""))])
    #expect(ring.record(presenting: "") == nil)
    for field in ["Bearer", "Bearer ", "Bearer  "] {
      #expect(throws: RequestProblem.self) {
        try ring.authenticate([.authorization: field], now: now)
      }
    }
  }

  @Test("digests are compared by the comparison that takes constant time, all of them")
  func constantTime() throws {
    // The law cannot be timed in a test; what can be seen is that the source has no other comparison
    // and leaves the loop nowhere.
    let source = URL(filePath: #filePath)
      .deletingLastPathComponent().appending(
        path: "../../../Sources/ModelServer/Keys/KeyRing.swift")
    let text = try String(contentsOf: source, encoding: .utf8)
    let body = try #require(text.components(separatedBy: "func record(presenting").last)
      .components(separatedBy: "\n  }\n")[0]
    #expect(body.contains("for record in records where record.digest == digest { found = record }"))
    #expect(body.components(separatedBy: "return").count == 2)
    #expect(!body.contains("break") && !body.contains(".first"))
  }

  @Test("a request shows its key as a bearer")
  func bearer() throws {
    let ring = KeyRing([.named("alice")])
    for field in ["Bearer alice", "bearer alice", "BEARER  alice"] {
      #expect(try ring.authenticate([.authorization: field], now: now).name == "alice")
    }
    for field in ["alice", "Basic alice", "Bearer", "Beareralice", ""] {
      #expect(try problem(ring, [.authorization: field]) == .missingKey)
    }
    #expect(try problem(ring, [:]) == .missingKey)
    var two: HTTPFields = [:]
    two.append(HTTPField(name: .authorization, value: "Bearer alice"))
    two.append(HTTPField(name: .authorization, value: "Bearer bob"))
    #expect(try problem(ring, two) == .missingKey)
  }

  @Test("a wrong key is refused without being repeated, and nobody is let in where there is no key")
  func wrong() throws {
    for ring in [KeyRing([.named("alice")]), KeyRing([])] {
      let problem = try problem(ring, [.authorization: "Bearer sk-attune-guess"])
      #expect(problem == .wrongKey)
      #expect(!problem.json.contains("guess"))
    }
  }

  @Test("an expired key says so to whoever has it")
  func expired() throws {
    var record = KeyRecord.named("alice")
    record.expiry = now
    #expect(try problem(KeyRing([record]), [.authorization: "Bearer alice"]) == .expiredKey)
    record.expiry = now + 1
    let known = try KeyRing([record]).authenticate([.authorization: "Bearer alice"], now: now)
    #expect(known == record)
  }

  @Test("names that logs and metrics can hold")
  func names() {
    for name in ["a", "alice-2_B.c", String(repeating: "x", count: 64)] {
      #expect(KeyRecord.isName(name))
    }
    for name in ["", "a b", "é", "a\n", "a/b", "a\"", String(repeating: "x", count: 65)] {
      #expect(!KeyRecord.isName(name))
    }
  }
}
