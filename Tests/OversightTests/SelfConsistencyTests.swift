import Foundation
import Oversight
import Testing

@Suite("Consistency of a model with itself")
struct SelfConsistencyTests {
  @Test("unigrams of the answer and the samples, by hand")
  func unigrams() throws {
    // a, b, c are there 3, 2 and 1 times: 1/2, 1/3 and 1/6.
    let measured = SelfConsistency(
      answer: [["a", "b"], ["a"], []], samples: [["a"], ["b", "c"]])
    let (one, two) = (measured.sentences[0], measured.sentences[1])
    #expect(measured.sentences.count == 2)
    // log 2 = 0.693147 and log 3 = 1.098612.
    #expect(abs(one.mean - 0.895880) < 1e-6 && abs(one.maximum - 1.098612) < 1e-6)
    #expect(abs(two.mean - 0.693147) < 1e-6 && abs(two.maximum - 0.693147) < 1e-6)
    #expect(abs(try #require(measured.mean) - 0.794513) < 1e-6)
    #expect(abs(try #require(measured.maximum) - 0.895880) < 1e-6)
  }

  @Test("what no sample bears out is surprising; more samples that do make it less so")
  func order() throws {
    let answer = [["born", "in", "york"]]
    func surprise(_ samples: [[String]]) throws -> Double {
      try #require(SelfConsistency(answer: answer, samples: samples).maximum)
    }
    let borne = Array(repeating: ["born", "in", "york"], count: 4)
    let contradicted = Array(repeating: ["born", "in", "leeds"], count: 4)
    #expect(try surprise(borne) < surprise(contradicted))
    #expect(abs(try surprise(borne) - log(3)) < 1e-12)
    #expect(SelfConsistency(answer: [[]], samples: [["x"]]).mean == nil)
  }

  @Test("a share of what it can be at most: 1 where a word stands nowhere else")
  func relative() throws {
    // Six words: (log 3 + log 2)/2 of log 6, which is 0.5.
    let measured = SelfConsistency(
      answer: [["a", "b"], ["a"], []], samples: [["a"], ["b", "c"]])
    #expect(measured.wordCount == 6)
    #expect(abs(try #require(measured.relativeMaximum) - 0.5) < 1e-6)
    #expect(SelfConsistency(answer: [["a"]], samples: [["b", "c"]]).relativeMaximum == 1)
    #expect(SelfConsistency(answer: [["a"]], samples: [[]]).relativeMaximum == nil)
  }

  @Test("a text is split into sentences and words")
  func text() {
    #expect(
      SelfConsistency(answer: "Dr. Who sings. Really?", samples: ["Who sings?"])
        == SelfConsistency(
          answer: [["dr", "who", "sings"], ["really"]], samples: [["who", "sings"]]))
  }
}
