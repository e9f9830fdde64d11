import Testing
import TrainingConfiguration

@Suite("Spelling distance")
struct SpellingDistanceTests {
  @Test(
    "known distances",
    arguments: [
      ("", "", 0), ("", "abc", 3), ("abc", "abc", 0), ("abc", "abd", 1), ("abc", "ab", 1),
      ("abc", "xabc", 1), ("kitten", "sitting", 3), ("beta", "btea", 1), ("ca", "abc", 3),
    ])
  func known(first: String, second: String, distance: Int) {
    // kitten → sitten → sittin → sitting; ca → abc is 3 where a swapped pair is not touched again.
    #expect(spellingDistance(first, second) == distance)
    #expect(spellingDistance(second, first) == distance)
  }

  @Test("the closest word, if any is close")
  func closestWord() {
    let words = ["beta", "seed", "learning_rate", "adam_beta1"]
    #expect(closest(to: "betta", among: words) == "beta")
    #expect(closest(to: "Learning-Rate", among: words) == "learning_rate")
    #expect(closest(to: "learnig_rte", among: words) == "learning_rate")
    #expect(closest(to: "gamma_xyz", among: words) == nil)
    #expect(closest(to: "", among: words) == nil)
    #expect(closest(to: "beta", among: []) == nil)
  }
}
