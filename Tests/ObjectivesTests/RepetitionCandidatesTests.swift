import Objectives
import Testing

@Suite("Repetition candidates")
struct RepetitionCandidatesTests {
  @Test("earlier tokens but the target, each once, in the order of their first coming")
  func handWorked() {
    var candidates = RepetitionCandidates()
    candidates.append([5, 7, 5, 9])
    #expect(candidates.ids == [5, 7, 5, 7])
    #expect(candidates.offsets == [0, 0, 1, 2, 4])
    #expect(candidates.tokenCount == 4)
  }

  @Test("completions know nothing of each other")
  func several() {
    var together = RepetitionCandidates()
    together.append([1, 2])
    together.append([])
    together.append([2, 1])
    #expect(together.ids == [1, 2])
    #expect(together.offsets == [0, 0, 1, 1, 2])
  }

  @Test("tokens that are not scored may be repeated, but have no candidates")
  func unscored() {
    var candidates = RepetitionCandidates()
    candidates.append([3, 4, 3, 5], unscored: 2)
    #expect(candidates.tokenCount == 2)
    #expect(candidates.ids == [4, 3, 4])
    #expect(candidates.offsets == [0, 1, 3])
  }

  @Test("a token that comes again and again has no candidate, and no token is its own")
  func laws() {
    var repeated = RepetitionCandidates()
    repeated.append([8, 8, 8])
    #expect(repeated.ids.isEmpty && repeated.offsets == [0, 0, 0, 0])

    let completion: [Int32] = [1, 2, 3, 1, 2, 4, 4, 3, 5, 1]
    var candidates = RepetitionCandidates()
    candidates.append(completion)
    for (position, id) in completion.enumerated() {
      let own = candidates.ids[candidates.offsets[position]..<candidates.offsets[position + 1]]
      #expect(Set(own) == Set(completion[..<position]).subtracting([id]))
      #expect(Set(own).count == own.count)
    }
  }
}
