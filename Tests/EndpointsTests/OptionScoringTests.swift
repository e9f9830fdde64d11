import Foundation
import PreferenceData
import Testing

@testable import Endpoints

@Suite("Options of a server", .timeLimit(.minutes(2)))
struct OptionScoringTests {
  private let server: LocalServer

  init() throws { server = try LocalServer.shared.get() }

  private func scores(
    _ kind: String, _ text: String, options: [String] = [" (A)", " (B)"],
    _ settings: CompletionSettings = CompletionSettings(model: "m")
  ) async throws -> [Double] {
    let endpoint = try CompletionEndpoint(
      base: "\(server.address)/\(kind)", settings: settings, retries: RetryPolicy(attempts: 1))
    return try await endpoint.logProbabilities(of: [OptionQuestion(text, options: options)])[0]
  }

  private func message(
    _ kind: String, _ text: String, options: [String] = [" (A)", " (B)"],
    _ settings: CompletionSettings = CompletionSettings(model: "m")
  ) async -> String {
    do {
      return "\(try await scores(kind, text, options: options, settings))"
    } catch {
      return "\(error)"
    }
  }

  /// What a chat's server answers with.
  private func chat(_ tokens: [(String, Double)]) -> String {
    let list = tokens.map { #"{"token": "\#($0)", "logprob": \#($1), "bytes": [1]}"# }
    return #"{"choices": [{"message": {"content": "A"}, "logprobs": {"content": [{"token": "A", "#
      + #""top_logprobs": [\#(list.joined(separator: ", "))]}]}}]}"#
  }

  /// What a server of the other interface answers with.
  private func text(_ tokens: [(String, Double)]) -> String {
    let list = tokens.map { #""\#($0)": \#($1)"# }
    return #"{"choices": [{"text": "A", "logprobs": {"tokens": ["A"], "top_logprobs": [{"#
      + list.joined(separator: ", ") + "}]}}]}"
  }

  @Test("a chat is asked for one token and the most probable ones")
  func chatBody() throws {
    let settings = CompletionSettings(model: "m", temperature: 0)
    let question = OptionQuestion("Which?\n\nThe answer is:", options: [" (A)", " (B)", " (C)"])
    let names = try OptionNames(question)
    #expect(
      JSONValue.object(settings.body(of: question, naming: names)).text
        == #"{"model": "m", "messages": [{"role": "user", "content": "Which?\n\nThe answer is:"#
        + #"\n\nAnswer with the letter alone: A, B or C."}], "temperature": 1, "max_tokens": 1, "#
        + #""seed": 0, "n": 1, "logprobs": true, "top_logprobs": 20}"#)
    let words = OptionQuestion("Good?", options: [" yes", " no"])
    #expect(
      try OptionNames(words).prompt(of: words, for: .chat)
        == .messages([
          Message(role: "user", content: "Good?\n\nAnswer with one of these alone: yes or no.")
        ]))
  }

  @Test("the other interface continues the text and what the options have in common")
  func textBody() throws {
    let settings = CompletionSettings(model: "m", api: .text)
    let question = OptionQuestion("The answer is:", options: [" (A)", " (B)"])
    #expect(
      JSONValue.object(settings.body(of: question, naming: try OptionNames(question))).text
        == #"{"model": "m", "prompt": "The answer is: (", "temperature": 1, "max_tokens": 1, "#
        + #""seed": 0, "n": 1, "logprobs": 5}"#)
    // Not within a word, and not up to a space, which tokens bring along.
    for options in [[" poor", " positive"], [" yes", " no"]] {
      let question = OptionQuestion("It is", options: options)
      #expect(try OptionNames(question).prompt(of: question, for: .text) == .text("It is"))
    }
  }

  @Test("both interfaces, and either form of log probabilities in both")
  func forms() async throws {
    let tokens = [("A", -0.5), ("B", -1.0), ("The", -3.0)]
    let settings = CompletionSettings(model: "m", api: .text)
    #expect(try await scores("say", chat(tokens)) == [-0.5, -1])
    #expect(try await scores("say", text(tokens)) == [-0.5, -1])
    #expect(try await scores("say", text(tokens), settings) == [-0.5, -1])
    #expect(try await scores("say", chat(tokens), settings) == [-0.5, -1])
  }

  @Test("several questions are answered in order")
  func several() async throws {
    let endpoint = try CompletionEndpoint(
      base: server.address + "/say", settings: CompletionSettings(model: "m", concurrency: 3))
    let questions = (1...5).map { number in
      OptionQuestion(chat([("A", -Double(number)), ("B", -0.5)]), options: [" (A)", " (B)"])
    }
    #expect(
      try await endpoint.logProbabilities(of: questions) == (1...5).map { [-Double($0), -0.5] })
  }

  @Test("the spellings of a letter are added, and what is not there is impossible")
  func spellings() throws {
    let names = try OptionNames(OptionQuestion("", options: [" (A)", " (B)", " (C)"]))
    // e^-1 + e^-2 + e^-3 = 0.367879441 + 0.135335283 + 0.049787068, whose logarithm is -0.592394;
    // a small letter and a word that begins with one are others.
    let tokens = [
      ("A", -1.0), (" (A", -2.0), ("▁A)", -3.0), ("a", -0.1), ("An", -0.2), ("[B]", -4.0),
      ("ĠB", -9999.0), ("", -0.3), (" ", -0.4),
    ]
    let scores = try #require(
      names.logProbabilities(among: tokens.map { TopToken(text: $0, logProbability: $1) }))
    #expect(abs(scores[0] + 0.592394) < 1e-6)
    #expect(scores[1] == -4)
    #expect(scores[2] == -.infinity)
    #expect(names.logProbabilities(among: [TopToken(text: "a", logProbability: -1)]) == nil)
  }

  @Test("words are found in capitals too")
  func words() throws {
    let names = try OptionNames(OptionQuestion("", options: [" yes", " no"]))
    let tokens = [("Yes", -1.0), ("YES", -1.0), ("No", -2.0), ("y", -0.1)]
    let scores = try #require(
      names.logProbabilities(among: tokens.map { TopToken(text: $0, logProbability: $1) }))
    // log 2 less 1.
    #expect(abs(scores[0] - (0.693147 - 1)) < 1e-6 && scores[1] == -2)
  }

  @Test("a server without log probabilities, or with none of the options")
  func none() async {
    #expect(
      await message("say", #"{"choices": [{"message": {"content": "A"}, "logprobs": null}]}"#)
        == "\(server.address)/say/chat/completions gave no log probability of \"A\", \"B\" or of any "
        + "token; use a checkpoint on this machine, the text api, or votes")
    #expect(
      await message(
        "say", chat([("I", -2.0), ("The", -1.0)]), CompletionSettings(model: "m", api: .text))
        == "\(server.address)/say/completions gave no log probability of \"A\", \"B\" among its most "
        + "probable tokens, such as \"The\", \"I\"; use a checkpoint on this machine, the chat api, or "
        + "votes")
  }

  @Test("options without different names are refused before anything is asked")
  func unnamed() async {
    for options in [[" (A)", "A"], ["+", "-"], ["Yes", "yes"], ["-1", "1"]] {
      #expect(throws: CompletionError.unnamedOptions(options)) {
        try OptionNames(OptionQuestion("", options: options))
      }
    }
    #expect(
      await message("say", "", options: ["+", "-"])
        == "the options \"+\", \"-\" cannot be told apart by their letters and digits, which is how a "
        + "server is asked about them; use a checkpoint on this machine")
  }

  @Test("votes are counted with half a vote for each option")
  func votes() async throws {
    let settings = CompletionSettings(model: "m", optionReading: .votes(4), concurrency: 3)
    // Two for A, one for B, one for nobody: 2.5/4 and 1.5/4.
    let votes = #"["(A) because B is worse", " B.", "A", "a or b?"]"#
    let scores = try await scores("vote", votes, settings)
    #expect(abs(scores[0] - log(0.625)) < 1e-12 && abs(scores[1] - log(0.375)) < 1e-12)
    let others = CompletionSettings(model: "m", optionReading: .votes(1))
    #expect(try await self.scores("vote", votes, others) == [log(0.75), log(0.25)])
  }

  @Test("a vote is asked for as other completions are, but short")
  func voteBody() throws {
    let settings = CompletionSettings(
      model: "m", api: .text, temperature: 0.7, stop: ["."], optionReading: .votes(3))
    let question = OptionQuestion("The answer is:", options: [" (A)", " (B)"])
    #expect(
      JSONValue.object(
        settings.body(
          of: question, naming: try OptionNames(question), vote: 2,
          maximumTokens: 16)
      ).text
        == #"{"model": "m", "prompt": "The answer is: (", "temperature": 0.7, "max_tokens": 16, "#
        + #""seed": 2, "n": 1}"#)
  }

  @Test("a vote has as many tokens as it is allowed")
  func voteTokens() async {
    let settings = CompletionSettings(
      model: "m", optionReading: .votes(1, maximumTokens: 99), concurrency: 1)
    #expect(
      await message("vote", #"["TOKENS"]"#, options: ["x", "99"], settings)
        == "\([log(0.25), log(0.75)])")
  }

  @Test("at the limit on cost no more is asked, of either kind")
  func limit() async throws {
    let answer = chat([("A", -1), ("B", -2)]).dropLast() + #", "usage": {"prompt_tokens": 9}}"#
    for (kind, text, reading) in [
      ("say", String(answer), CompletionSettings.OptionReading.logProbabilities),
      ("vote", #"["A"]"#, .votes(1)),
    ] {
      let meter = UsageMeter(pricing: EndpointPricing(prompt: 1, completion: 1), limit: 1e-6)
      let endpoint = try CompletionEndpoint(
        base: "\(server.address)/\(kind)",
        settings: CompletionSettings(model: "m", optionReading: reading, concurrency: 1),
        meter: meter)
      var answered = 0
      let question = OptionQuestion(text, options: ["A", "B"])
      await #expect(throws: CompletionError.self) {
        try await endpoint.logProbabilities(of: [question, question]) { _, _ in answered += 1 }
      }
      #expect(answered == 1 && meter.usage.calls == 1)
    }
  }

  @Test("votes that name nothing")
  func noVotes() async {
    let settings = CompletionSettings(model: "m", optionReading: .votes(2))
    #expect(
      await message("vote", #"["I cannot say", "a"]"#, settings)
        == "\(server.address)/vote/chat/completions named none of \"A\", \"B\" in 2 completions, the "
        + "first of which is \"I cannot say\"; ask a model that does as it is told, or one on this "
        + "machine")
  }

  @Test(
    "the option that is named first",
    arguments: [
      ("not sure", 2), ("Not", 1), ("SURE", nil), ("well, **Yes**, not no", 0), ("yesterday", nil),
      ("", nil), ("(not  sure)", 2),
    ])
  func firstNamed(text: String, expected: Int?) throws {
    let names = try OptionNames(OptionQuestion("", options: [" yes", " not", " not sure"]))
    #expect(names.firstNamed(in: text) == expected)
  }
}
