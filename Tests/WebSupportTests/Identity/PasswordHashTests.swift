import Testing

@testable import WebSupport

@Suite("Password hashes")
struct PasswordHashTests {
  private static func weak() throws -> ScryptCost {
    try #require(ScryptCost(roundsExponent: 10, blockSize: 8, parallelism: 1))
  }

  @Test(
    "hashes of others are understood: the third vector of RFC 7914, and one of Python's hashlib",
    arguments: [
      (
        "pleaseletmein",
        "scrypt$14$8$1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046_2o-7qQT44-qbVD9lRdofI"
      ),
      (
        "Motörhead ünd ß", "scrypt$10$16$4$AAECAwQFBgc$7KKgflcywg8ia2omTK2ll_Fngsieo_sTcTJdEXNR5n0"
      ),
    ])
  func vectors(password: String, text: String) throws {
    let hash = try #require(PasswordHash(text: text))
    #expect(hash.matches(password))
    #expect(!hash.matches(password + " "))
    #expect(hash.text == text)
  }

  @Test("a password is the same on keyboards that compose letters differently")
  func normalForm() throws {
    var random = CountingGenerator()
    let hash = PasswordHash(
      password: "caf\u{E9} au lait", cost: try Self.weak(), using: &random)
    #expect(hash.matches("cafe\u{301} au lait"))
    #expect(!hash.matches("cafe au lait"))
  }

  @Test("the salt makes two hashes of one password differ, and is the generator's")
  func salt() throws {
    var random = CountingGenerator()
    let first = PasswordHash(password: "correct horse", cost: try Self.weak(), using: &random)
    let second = PasswordHash(password: "correct horse", cost: try Self.weak(), using: &random)
    #expect(first.text.hasPrefix("scrypt$10$8$1$AAECAwQFBgcICQoLDA0ODw$"))
    #expect(first.text != second.text)
    #expect(second.matches("correct horse"))
    #expect("\(first)" == "secret")
  }

  @Test("the standard cost is 32 MiB")
  func standard() {
    var random = CountingGenerator()
    let hash = PasswordHash(password: "correct horse", using: &random)
    #expect(hash.text.hasPrefix("scrypt$15$8$1$"))
    #expect(128 * hash.cost.blockSize << hash.cost.roundsExponent == 32 << 20)
  }

  @Test(
    "texts that are no hash, or ask for too much or too little",
    arguments: [
      "", "scrypt", "scrypt$14$8$1$U29kaXVtQ2hsb3JpZGU$",
      "bcrypt$14$8$1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046_2o-7qQT44-qbVD9lRdofI",
      "scrypt$9$8$1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046_2o-7qQT44-qbVD9lRdofI",
      "scrypt$19$8$1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046_2o-7qQT44-qbVD9lRdofI",
      "scrypt$63$8$1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046_2o-7qQT44-qbVD9lRdofI",
      "scrypt$18$16$1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046_2o-7qQT44-qbVD9lRdofI",
      "scrypt$14$1$1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046_2o-7qQT44-qbVD9lRdofI",
      "scrypt$14$8$5$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046_2o-7qQT44-qbVD9lRdofI",
      "scrypt$14$8$0$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046_2o-7qQT44-qbVD9lRdofI",
      "scrypt$+14$8$1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046_2o-7qQT44-qbVD9lRdofI",
      "scrypt$014$8$1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046_2o-7qQT44-qbVD9lRdofI",
      "scrypt$14$8$1$U29k$cCO9yzr9c0hGHAbNgf046_2o-7qQT44-qbVD9lRdofI",
      "scrypt$14$8$1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046_2o-7qQT44-qbVD9lRdof",
      "scrypt$14$8$1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046_2o-7qQT44-qbVD9lRdofI$",
    ])
  func malformed(text: String) {
    #expect(PasswordHash(text: text) == nil)
  }

  @Test("every cost within the limits is one that scrypt takes")
  func limits() throws {
    for (exponent, block, parallelism) in [(10, 16, 4), (17, 16, 1), (18, 8, 1), (10, 9, 3)] {
      let cost = try #require(
        ScryptCost(roundsExponent: exponent, blockSize: block, parallelism: parallelism))
      var random = CountingGenerator()
      #expect(
        PasswordHash(password: "x", cost: cost, using: &random).text
          .hasPrefix("scrypt$\(exponent)$\(block)$\(parallelism)$"))
    }
  }

  @Test("where there is no such person the answer is no, after the same work")
  func decoy() async throws {
    let hasher = PasswordHasher()
    let hash = try await hasher.hash("correct horse")
    #expect(try await !hasher.matches("correct horse", nil))
    #expect(hasher.decoy.cost == hash.cost)
  }
}
