#if LibTorch
  import Foundation
  import LanguageModels
  import Sampling
  import Testing
  import Tokenization

  @Suite("Sequences that come and go")
  struct ContinuousBatchTests {
    private let model: CausalLanguageModel
    private let tokenizer: Tokenizer
    private let texts = [
      "Tell me a story", "Why", "How do I get there from here?", "No.", "Tell me a story",
    ]

    init() throws {
      let directory = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../TrainersTests/Fixtures/dpo/model").standardizedFileURL.path
      model = try CausalLanguageModel(directory: directory)
      tokenizer = try Tokenizer(directory: directory)
    }

    private var ends: Set<Int32> { Set([tokenizer.endOfSequence].compactMap(\.self)) }

    /// Each with parameters of its own.
    private var requests: [SequenceRequest] {
      texts.enumerated().map { index, text in
        var parameters = SamplingParameters(
          choice: index.isMultiple(of: 2) ? .temperature(0.5 + Double(index) / 4) : .greedy,
          maxNewTokens: 6 + 2 * index, seed: UInt64(index))
        if index == 2 { parameters.truncation.topK = 5 }
        return SequenceRequest(
          prompt: tokenizer.encode(text), parameters: parameters, stream: UInt64(7 * index),
          group: index)
      }
    }

    private func batch(slots: Int = 8) throws -> ContinuousBatch {
      try ContinuousBatch(model, tokenizer: tokenizer, ends: ends, slots: slots, capacity: 64)
    }

    private func alone(_ request: SequenceRequest) throws -> [Int32] {
      var batch = try batch(slots: 1)
      _ = batch.admit([request])
      var tokens: [Int32] = []
      while batch.count > 0 { tokens += try batch.step().map(\.token.id) }
      return tokens
    }

    @Test(
      "a completion is the same alone and among others that come and go", arguments: [256, .max])
    func neighbours(promptTokens: Int) throws {
      let expected = try requests.map(alone)
      var batch = try batch(slots: 3)
      var waiting = requests[...]
      var tokens: [Int: [Int32]] = [:]
      repeat {
        // One at a time, so that each finds the others at different places.
        if let next = waiting.first, batch.freeSlots > 0 {
          _ = batch.admit([next])
          waiting.removeFirst()
        }
        for token in try batch.step(promptTokens: promptTokens) {
          tokens[token.sequence, default: []].append(token.token.id)
        }
      } while batch.count > 0 || !waiting.isEmpty
      #expect(expected.indices.map { tokens[$0] } == expected)
    }

    @Test("a sequence that is taken out leaves its slot, and the others as they are")
    func retiring() throws {
      let expected = try requests.map(alone)
      var batch = try batch(slots: 3)
      let numbers = batch.admit(Array(requests.prefix(3)))
      var tokens: [Int: [Int32]] = [:]
      var step = 0
      while batch.count > 0 {
        defer { step += 1 }
        if step == 2 {
          batch.retire(numbers[1])
          batch.retire(numbers[1])
          #expect(batch.freeSlots == 1)
        }
        for token in try batch.step() {
          tokens[token.sequence, default: []].append(token.token.id)
        }
      }
      #expect(tokens[0] == expected[0] && tokens[2] == expected[2])
      #expect(tokens[1] == Array(expected[1].prefix(2)))
      #expect(batch.freeSlots == 3)
    }

    @Test("a group's prompt is taken in once, by another member if the first leaves before")
    func groups() throws {
      var parameters = SamplingParameters(maxNewTokens: 8, seed: 4)
      parameters.minNewTokens = 8
      let group = (0..<4).map {
        SequenceRequest(
          prompt: tokenizer.encode(texts[2]), parameters: parameters, stream: UInt64($0), group: 1)
      }
      let expected = try group.map(alone)
      #expect(Set(expected).count == 4)
      for leaver in [0, 1, nil] {
        var batch = try batch()
        _ = batch.admit(group)
        if let leaver { batch.retire(leaver) }
        var tokens: [Int: [Int32]] = [:]
        while batch.count > 0 {
          for token in try batch.step() {
            tokens[token.sequence, default: []].append(token.token.id)
          }
        }
        for number in 0..<4 where number != leaver { #expect(tokens[number] == expected[number]) }
      }
    }

    @Test("the most likely tokens are told of, most likely first, and a greedy choice is the first")
    func alternatives() throws {
      var request = requests[1]
      request.alternatives = 3
      var batch = try batch()
      _ = batch.admit([request, requests[0]])
      for token in try batch.step() {
        #expect(token.alternatives.count == (token.sequence == 0 ? 3 : 0))
        guard let first = token.alternatives.first else { continue }
        #expect(first.id == token.token.id)
        #expect(abs(first.logProbability - token.token.logProbability) < 1e-6)
        #expect(
          token.alternatives.map(\.logProbability)
            == token.alternatives.map(\.logProbability).sorted(by: >))
      }
    }

    @Test("its own stop ids end one sequence and no other, and the cache is counted")
    func ownStops() throws {
      let expected = try requests.map(alone)
      var stopping = requests[0]
      stopping.parameters.stopIDs = [expected[0][2]]
      var batch = try batch()
      _ = batch.admit([stopping, requests[0]])
      #expect(batch.cachedTokens == 0)
      var tokens: [Int: [SampledToken]] = [:]
      _ = try batch.step().map { tokens[$0.sequence, default: []].append($0) }
      #expect(batch.cachedTokens == 2 * requests[0].prompt.count)
      while batch.count > 0 {
        for token in try batch.step() { tokens[token.sequence, default: []].append(token) }
      }
      let place = try #require(expected[0].firstIndex(of: expected[0][2]))
      #expect(tokens[0]?.map(\.token.id) == Array(expected[0][...place]))
      #expect(tokens[0]?.last?.isEnd == true && tokens[0]?.last?.finishReason == .stop)
      #expect(tokens[1]?.map(\.token.id) == expected[0])
    }

    @Test("a sequence that is paused keeps its place, and goes on as if nothing had been")
    func pausing() throws {
      let expected = try requests.map(alone)
      var batch = try batch(slots: 2)
      let numbers = batch.admit(Array(requests.prefix(2)))
      var tokens: [Int: [Int32]] = [:]
      var step = 0
      while batch.count > 0 {
        defer { step += 1 }
        let drawn = try batch.step(paused: step < 4 ? [numbers[0]] : [])
        if step < 4 { #expect(drawn.allSatisfy { $0.sequence == numbers[1] } && !drawn.isEmpty) }
        for token in drawn { tokens[token.sequence, default: []].append(token.token.id) }
      }
      #expect(tokens[0] == expected[0] && tokens[1] == expected[1])
    }
  }
#endif
