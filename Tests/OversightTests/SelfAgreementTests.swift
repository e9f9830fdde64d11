import Foundation
import Oversight
import PreferenceData
import Testing

@Suite("Sentences that other texts bear out")
struct SelfAgreementTests {
  @Test("the question has the text, the sentence and two options")
  func question() {
    let question = SupportQuestion(sentence: " It rained. ", context: "It was wet.\n").question
    #expect(
      question.text == """
        Text: It was wet.

        Statement: It rained.

        Does the text bear out all of the statement? Say Yes if it does, and No if the text leaves part of it open or says otherwise.
        Answer:
        """)
    #expect(question.options == [" Yes", " No"])
    #expect(
      SupportQuestion.all(of: "It is. Is it?", contexts: ["x", "y"]) == [
        [.init(sentence: "It is.", context: "x"), .init(sentence: "It is.", context: "y")],
        [.init(sentence: "Is it?", context: "x"), .init(sentence: "Is it?", context: "y")],
      ])
  }

  @Test("P(No) of two log probabilities: −1.2 and −2.0 nats are 0.310026")
  func doubt() {
    // 1 − 0.689974.
    #expect(abs(SupportQuestion.doubt([-1.2, -2]) - 0.310026) < 1e-6)
    #expect(SupportQuestion.doubt([-3, -3]) == 0.5)
    #expect(SupportQuestion.doubt([-.infinity, -900]) == 1)
    #expect(SupportQuestion.doubt([-0.5, -.infinity]) == 0)
  }

  @Test("Yes is 0, No 1 and undecided ½; of the answer the mean over sentences")
  func hard() throws {
    let measured = SelfAgreement(
      doubts: [[0.1, 0.9, 0.55], [0.2, 0.3, 0.39]], reading: .hard(band: 0.1))
    // (0 + 1 + ½)/3 and 0.
    #expect(measured.sentences == [0.5, 0])
    #expect(measured.mean == 0.25 && measured.maximum == 0.5)
    #expect(SelfAgreement(doubts: [[0.55]], reading: .hard(band: 0)).mean == 1)
    #expect(SelfAgreement(doubts: [[0.5]], reading: .hard(band: 0)).mean == 0.5)
  }

  @Test("a soft reading is the mean probability")
  func soft() throws {
    let measured = SelfAgreement(doubts: [[0.1, 0.9, 0.55], [0.2, 0.3, 0.4]])
    #expect(abs(measured.sentences[0] - 0.516667) < 1e-6)
    #expect(abs(try #require(measured.mean) - 0.408333) < 1e-6)
    let none = SelfAgreement(doubts: [])
    #expect(none.mean == nil && none.maximum == nil)
  }
}
