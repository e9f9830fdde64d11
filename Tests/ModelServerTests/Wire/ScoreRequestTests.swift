import HTTPTypes
import PreferenceData
import Testing

@testable import ModelServer

@Suite("Requests for scores")
struct ScoreRequestTests {
  private func request(_ input: String, _ more: String = "") throws -> ScoreRequest {
    try ScoreRequest(object("{\"model\": \"reward\", \"input\": \(input)\(more)}"))
  }

  @Test("a list of texts and conversations, or one of them")
  func items() throws {
    let request = try request(
      """
      [{"prompt": "a", "completion": "b"},
       {"prompt": [{"role": "user", "content": "c"}], "completion": "", "id": 7}]
      """, #", "user": "u", "truncate": true"#)
    #expect(request.model == "reward" && request.user == "u")
    try #require(request.items.count == 2)
    #expect(request.items[0].prompt == .text("a") && request.items[0].completion == "b")
    #expect(request.items[1].prompt == .messages([Message(role: "user", content: "c")]))
    #expect(request.items[1].completion == "")
    #expect(request.ignoredFields.names == ["input[].id", "truncate"])
    let single = try self.request(#"{"prompt": "a", "completion": "b", "id": 7}"#)
    #expect(single.items == [request.items[0]])
    #expect(single.ignoredFields.names == ["input.id"])
  }

  @Test(
    "what is wrong is said, with its place",
    arguments: [
      (
        "1", "input",
        "is the number 1, but must be an object with 'prompt' and 'completion', or a list of them."
      ),
      ("[]", "input", "is a list of 0, but must have from 1 to 64 objects."),
      ("[1]", "input[0]", "is the number 1, but must be an object."),
      (#"{"completion": "b"}"#, "input.prompt", "is missing."),
      (#"[{"prompt": "a"}]"#, "input[0].completion", "is missing."),
      (
        #"[{"prompt": 1, "completion": "b"}]"#, "input[0].prompt",
        "is the number 1, but must be a text or a list of messages."
      ),
      (
        #"[{"prompt": [{"role": "x", "content": "y"}], "completion": "b"}]"#,
        "input[0].prompt[0].role",
        "is the text \"x\", but must be system, developer, user or assistant."
      ),
      (
        #"[{"prompt": "a", "completion": 2}]"#, "input[0].completion",
        "is the number 2, but must be a text."
      ),
    ])
  func wrong(input: String, place: String, sentence: String) throws {
    let problem = try #require(throws: RequestProblem.self) { try request(input) }
    #expect(problem.status == .badRequest && problem.parameter == place)
    #expect(problem.message == "'\(place)' \(sentence)")
  }
}
