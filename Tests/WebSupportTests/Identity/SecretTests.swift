import Testing
import WebSupport

@Suite("Secrets")
struct SecretTests {
  @Test("a secret is 43 characters of base64url, and its digest SHA-256, as Python has them")
  func values() {
    let secret = CountingGenerator.secret()
    #expect(secret.text == "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8")
    #expect(secret.digest.text == "Yw3NKWbEM2aRElRIu7JbT_QSpJxzLbLIq8G4WBvXEN0")
  }

  @Test("the digest of a text is SHA-256 of its UTF-8, as sha256sum has it")
  func text() {
    #expect(SecretDigest(hashing: "abc").text == "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0")
    let secret = CountingGenerator.secret()
    #expect(SecretDigest(hashing: secret.text) != secret.digest)
  }

  @Test("what was stored is known again, and nothing else")
  func roundTrip() throws {
    let secret = CountingGenerator.secret()
    let shown = try #require(Secret(text: secret.text))
    let stored = try #require(SecretDigest(text: secret.digest.text))
    #expect(shown.digest == stored)
    #expect(CountingGenerator.secret(from: 1).digest != stored)
    #expect(Secret(text: secret.digest.text)?.digest != stored)
  }

  @Test(
    "texts that are no secret",
    arguments: [
      "", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh",
      "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
      "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8A", "+AECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
      // The last character has two bits that mean nothing and must be 0.
      "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9", " AECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
      "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHé8",
      "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\r\n",
    ])
  func malformed(text: String) {
    #expect(Secret(text: text) == nil)
    #expect(SecretDigest(text: text) == nil)
  }

  @Test("no way of printing shows a secret")
  func printing() {
    let secret = CountingGenerator.secret()
    struct Holder { let secret: Secret, digest: SecretDigest, token: CSRFToken }
    let holder = Holder(
      secret: secret, digest: secret.digest, token: CSRFToken(session: secret))
    var dumped = ""
    dump(holder, to: &dumped)
    for text in ["\(holder)", String(reflecting: holder), dumped] {
      #expect(text.contains("secret"))
      #expect(!text.contains("2, 3, 4") && !text.contains("- 3\n") && !text.contains("AAEC"))
    }
  }

  @Test("the system's generator gives another secret each time")
  func fresh() {
    var random = SystemRandomNumberGenerator()
    let texts = (0..<100).map { _ in Secret(using: &random).text }
    #expect(Set(texts).count == 100)
  }
}
