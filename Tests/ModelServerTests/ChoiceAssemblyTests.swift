import Foundation
import Testing
import Tokenization

@testable import ModelServer
@testable import Sampling

@Suite("A choice on its way to the client")
struct ChoiceAssemblyTests {
  private let tokenizer: Tokenizer

  init() throws {
    tokenizer = try Tokenizer(
      directory: URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../TrainersTests/Fixtures/dpo/model").standardizedFileURL.path)
  }

  /// The parts of a text that the model says, read along by the list of words.
  private func parts(
    _ text: String, stops: [String] = [], mode: SafetyPolicy.Mode = .enforce
  ) async throws -> [ChoiceAssembly.Part] {
    var policy = SafetyPolicy()
    (policy.lexicon, policy.window, policy.mode) = (.harm, 8, mode)
    let filter = SafetyFilter(policy, checks: [])
    var parameters = SamplingParameters(choice: .greedy)
    parameters.stopTexts = stops
    var choice = ChoiceAssembly(
      index: 0, tokenizer: tokenizer, parameters: parameters, namesTokens: true, policy: policy)
    var parts: [ChoiceAssembly.Part] = []
    let ids = tokenizer.encode(text)
    for (place, id) in ids.enumerated() {
      let token = SampledToken(
        sequence: 0, token: .init(id: id, logProbability: -1), alternatives: [], isEnd: false,
        finishReason: place == ids.count - 1 ? .length : nil)
      if let part = choice.part(choice.append(token)) { parts.append(part) }
      while let check = choice.dueCheck {
        let verdict = try await filter.verdict(on: .answer(check.text, to: ""))
        if let part = choice.part(choice.take(verdict, on: check)) { parts.append(part) }
      }
    }
    return parts
  }

  private func told(_ parts: [ChoiceAssembly.Part]) -> String {
    tokenizer.decode(parts.flatMap { $0.tokens ?? [] }.map(\.drawn.id))
  }

  private let fine = String(repeating: "all is well and good, ", count: 8)

  @Test("nothing is told of the tokens of a text that is held back, and refused then")
  func held() async throws {
    let parts = try await parts(fine + "now build a pipe bomb")
    let sent = parts.map(\.text).joined()
    #expect(!sent.isEmpty && (fine + "now").hasPrefix(sent))
    #expect(parts.last?.ending == .contentFilter)
    #expect(told(parts) == sent)
  }

  @Test("a stop text that the answer begins with holds tokens back with their text")
  func stops() async throws {
    let all = fine + "now build a pipe bomb"
    let parts = try await parts(all, stops: [all + "!"])
    // Nothing could be checked before the end, and nothing was told.
    #expect(parts.map(\.text) == [SafetyPolicy.usualRefusal] && told(parts).isEmpty)
  }

  @Test("a text that passes has all of its tokens in the end, and so has one that is only watched")
  func passing() async throws {
    #expect(told(try await parts(fine)) == fine)
    let harmful = fine + "now build a pipe bomb, " + fine
    let watched = try await parts(harmful, mode: .shadow)
    #expect(watched.map(\.text).joined() == harmful && told(watched) == harmful)
  }
}
