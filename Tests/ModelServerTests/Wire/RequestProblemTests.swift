import HTTPTypes
import PreferenceData
import Testing
import WebSupport

@testable import ModelServer

@Suite("Problems of requests")
struct RequestProblemTests {
  @Test("the body has OpenAI's shape, nulls among it")
  func shape() throws {
    let problem = RequestProblem.invalid("messages[2].content", "It is \"wrong\".\n")
    #expect(
      try value(problem.json)
        == value(
          """
          {"error": {"message": "It is \\"wrong\\".\\n", "type": "invalid_request_error",
            "param": "messages[2].content", "code": null}}
          """))
    #expect(
      try value(RequestProblem.notFound.json)
        == value(
          """
          {"error": {"message": "There is nothing at this address.", "type": "not_found_error",
            "param": null, "code": "not_found"}}
          """))
  }

  @Test(
    "each case has its status, type, code and sentence",
    arguments: [
      (
        .notAnObject("a list of 2"), 400, "invalid_request_error", "json",
        "The body is a list of 2, but must be a JSON object."
      ),
      (
        .contextOverflow(prompt: 500, completion: 20, limit: 512, parameter: "messages"), 400,
        "invalid_request_error", "context_length_exceeded",
        "This model's maximum context length is 512 tokens, but 520 are asked for: 500 in the prompt "
          + "and 20 for the completion. Shorten the prompt or ask for fewer tokens."
      ),
      (
        .unknownModel("gpt", known: ["nano", "reward"]), 404, "not_found_error",
        "model_not_found", "There is no model 'gpt'; there is 'nano', 'reward'."
      ),
      (
        .missingKey, 401, "authentication_error", "invalid_api_key",
        "This request shows no API key. Send one as 'Authorization: Bearer KEY'."
      ),
      (
        .wrongKey, 401, "authentication_error", "invalid_api_key",
        "This API key is not known here."
      ),
      (
        .expiredKey, 401, "authentication_error", "invalid_api_key",
        "This API key has expired. Ask who runs the server for another."
      ),
      (
        .adminsOnly, 403, "permission_error", "permission_denied",
        "This API key may not do that; it takes the key of an administrator."
      ),
      (
        .limitReached("requests in a minute", limit: 60, retryAfter: 1), 429, "rate_limit_error",
        "rate_limit_exceeded",
        "This API key is limited to 60 requests in a minute. Try again in 1 second."
      ),
      (
        .beyondTokenLimit(cost: 900, limit: 800), 400, "invalid_request_error",
        "tokens_per_minute_exceeded",
        "This request may use 900 tokens, but its API key is limited to 800 tokens in a minute. Ask "
          + "for fewer tokens or fewer choices, or shorten the prompt."
      ),
      (
        .queueFull(retryAfter: 2), 503, "overloaded_error", "queue_full",
        "The server has as many requests waiting as it takes. Try again in 2 seconds."
      ),
      (
        .draining(retryAfter: 5), 503, "overloaded_error", "draining",
        "The server is stopping and takes no more requests. Try again in 5 seconds."
      ),
      (
        .loading(retryAfter: 5), 503, "overloaded_error", "loading",
        "The server is still loading its model. Try again in 5 seconds."
      ),
      (
        .tookTooLong(limit: 60), 504, "server_error", "timeout",
        "The answer took longer than 60 seconds, which is the limit. Ask for fewer tokens."
      ),
      (
        .internalError(request: "7f"), 500, "server_error", "internal",
        "Something went wrong on the server. If it happens again, tell who runs it the number 7f."
      ),
    ] as [(RequestProblem, Int, String, String, String)])
  func cases(problem: RequestProblem, status: Int, type: String, code: String, message: String) {
    #expect(problem.status.code == status)
    #expect(problem.kind.rawValue == type)
    #expect(problem.code == code)
    #expect(problem.message == message)
    #expect(problem.description == "\(status) \(code): \(message)")
  }

  @Test("headers say what clients act on")
  func headers() {
    #expect(RequestProblem.queueFull(retryAfter: 2).headers[.retryAfter] == "2")
    #expect(RequestProblem.queueFull(retryAfter: 2).retryAfter == 2)
    #expect(RequestProblem.wrongKey.headers[.wwwAuthenticate] == "Bearer")
    #expect(RequestProblem.notFound.headers.isEmpty && RequestProblem.notFound.retryAfter == nil)
  }

  @Test("a body that is no object is refused", arguments: ["[]", "1", "null", "\"a\""])
  func body(json: String) throws {
    let problem = try #require(throws: RequestProblem.self) { try object(json) }
    #expect(try problem == .notAnObject(value(json).summary))
    #expect(try object("{\"a\": 1}") == ["a": .number(1)])
  }

  @Test("a name of any length leaves a message of some length")
  func longName() {
    let problem = RequestProblem.unknownModel(String(repeating: "x", count: 9999), known: ["m"])
    #expect(problem.message.count < 200)
  }

  @Test(
    "what the parts of a web server refuse keeps its status and gets a type",
    arguments: [
      (400, "invalid_request_error"), (401, "authentication_error"), (403, "permission_error"),
      (404, "not_found_error"), (408, "invalid_request_error"), (413, "invalid_request_error"),
      (415, "invalid_request_error"), (429, "rate_limit_error"), (500, "server_error"),
      (503, "overloaded_error"), (504, "server_error"),
    ])
  func failures(status: Int, type: String) {
    let failure = WebFailure(
      HTTPResponse.Status(code: status), code: "word", "A sentence.",
      headers: [.retryAfter: "3"])
    let problem = RequestProblem(failure)
    #expect(problem.status.code == status && problem.kind.rawValue == type)
    #expect(problem.code == "word" && problem.message == "A sentence.")
    #expect(problem.retryAfter == 3 && problem.parameter == nil)
  }
}
