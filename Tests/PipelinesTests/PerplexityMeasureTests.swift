import Foundation
import Pipelines
import Testing

@Suite("Perplexity")
struct PerplexityMeasureTests {
  private let documents = [
    ScoredDocument(nats: 6, tokens: 3, bytes: 8, characters: 6, generatorNats: 5),
    ScoredDocument(nats: 2, tokens: 1, bytes: 4, characters: 4, generatorNats: 2),
    ScoredDocument(nats: 4, tokens: 4, bytes: 12, characters: 10, generatorNats: 3),
  ]

  @Test("sums are divided, and units follow from one another")
  func units() throws {
    let measure = try #require(PerplexityMeasure("all", documents, seed: 0))
    #expect(measure.documents == 3 && measure.tokens == 8)
    #expect(measure.natsPerToken == 1.5)
    #expect(abs(measure.perplexity - exp(1.5)) < 1e-12)
    #expect(abs(try #require(measure.bitsPerByte) - 12 / log(2) / 24) < 1e-12)
    #expect(abs(try #require(measure.natsPerCharacter) - 0.6) < 1e-12)
    #expect(measure.natsPerTokenLower >= 1 && measure.natsPerTokenUpper <= 2)
    #expect(measure.natsPerTokenLower < 1.5 && measure.natsPerTokenUpper > 1.5)
    let generator = try #require(measure.generator)
    #expect(abs(generator.natsPerCharacter - 0.5) < 1e-12)
    #expect(abs(generator.excess - 0.2) < 1e-12)
    // Differences 1, 0, 1: mean 2/3, deviation √(1/3), three documents.
    #expect(abs(try #require(generator.standardErrors) - 2) < 1e-12)
  }

  @Test("documents of one length make an interval of the width that the mean has")
  func interval() throws {
    let coin = (0..<400).map {
      ScoredDocument(nats: $0.isMultiple(of: 2) ? 1 : 3, tokens: 1, bytes: 1, characters: 1)
    }
    let measure = try #require(PerplexityMeasure("all", coin, seed: 3))
    // ±1.96·1/√400.
    #expect(abs(measure.natsPerTokenUpper - measure.natsPerTokenLower - 0.196) < 0.03)
    #expect(measure.generator == nil)
  }

  @Test("nothing predicted is nothing measured; a document without bytes has no bits a byte")
  func nothing() throws {
    #expect(PerplexityMeasure("all", [], seed: 0) == nil)
    let end = ScoredDocument(nats: 1, tokens: 1, bytes: 0, characters: 0)
    let measure = try #require(PerplexityMeasure("all", [end], seed: 0))
    #expect(measure.bitsPerByte == nil && measure.natsPerCharacter == nil)
    #expect(measure.perplexity == exp(1))
  }
}
