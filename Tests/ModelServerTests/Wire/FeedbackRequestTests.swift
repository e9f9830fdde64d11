import HTTPTypes
import Testing

@testable import ModelServer

@Suite("Feedback")
struct FeedbackRequestTests {
  private func feedback(_ fields: String) throws -> FeedbackRequest {
    try FeedbackRequest(object("{\"response_id\": \"chatcmpl-1\", \(fields)}"))
  }

  @Test("each field is read")
  func fields() throws {
    let feedback = try feedback(
      """
      "name": "helpfulness", "identifier": "i", "rating": -0.5, "preferred_id": "chatcmpl-2", \
      "comment": "no", "correction": "yes", "tags": ["a", "b"], "consent": true, "user": "u", "x": 1
      """)
    #expect(feedback.response == "chatcmpl-1")
    #expect(feedback.name == "helpfulness" && feedback.identifier == "i")
    #expect(feedback.verdict == .rating(-0.5))
    #expect(feedback.preferred == "chatcmpl-2")
    #expect(feedback.comment == "no" && feedback.correction == "yes")
    #expect(feedback.tags == ["a", "b"] && feedback.consent == true && feedback.user == "u")
    #expect(feedback.ignoredFields.names == ["x"])
    let label = try self.feedback(#""label": "good""#)
    #expect(label.verdict == .label("good"))
    #expect(label.consent == nil && label.tags.isEmpty && label.user == nil)
    #expect(try self.feedback(#""label": "good", "consent": false"#).consent == false)
  }

  @Test(
    "what is wrong is said",
    arguments: [
      (#""rating": 2"#, "rating", "'rating' is the number 2, but must be a number from -1 to 1."),
      (
        #""rating": "1""#, "rating",
        "'rating' is the text \"1\", but must be a number from -1 to 1."
      ),
      (#""rating": 1, "label": "good""#, "label", "Give 'rating' or 'label', not both."),
      (#""label": """#, "label", "'label' is empty. Leave it out, or give a text."),
      (#""tags": "a""#, "tags", "'tags' is the text \"a\", but must be a list of tags."),
      (#""tags": [1]"#, "tags[0]", "'tags[0]' is the number 1, but must be a text."),
      (
        #""rating": 1, "consent": "no""#, "consent",
        "'consent' is the text \"no\", but must be true or false."
      ),
      (
        #""user": "u""#, nil,
        "The feedback says nothing. Give 'rating', 'label', 'preferred_id', 'comment' or 'correction'."
      ),
    ] as [(String, String?, String)])
  func wrong(fields: String, place: String?, message: String) throws {
    let problem = try #require(throws: RequestProblem.self) { try feedback(fields) }
    #expect(problem.status == .badRequest && problem.parameter == place)
    #expect(problem.message == message)
  }

  @Test("feedback about nothing")
  func missing() throws {
    let problem = try #require(throws: RequestProblem.self) {
      try FeedbackRequest(object(#"{"rating": 1}"#))
    }
    #expect(problem.message == "'response_id' is missing.")
  }

  @Test("comments have a limit of their own")
  func limits() throws {
    var limits = RequestLimits()
    limits.commentCharacters = 3
    limits.nameCharacters = 10
    for field in ["comment", "correction"] {
      let long = try object("{\"response_id\": \"r\", \"\(field)\": \"abcd\"}")
      #expect(throws: Never.self) { try FeedbackRequest(long) }
      let problem = try #require(throws: RequestProblem.self) {
        try FeedbackRequest(long, limits: limits)
      }
      #expect(problem.message == "'\(field)' has more than 3 characters, which is the limit.")
    }
  }
}
