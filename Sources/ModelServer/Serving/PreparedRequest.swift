internal import Monitoring
internal import PreferenceData
internal import Sampling
internal import Tokenization

/// A request that has been checked: all that it takes to answer it.
struct PreparedRequest: Sendable {
  let request: GenerationRequest
  let model: ServedModel
  let head: ResponseHead
  /// How it was assigned; `nil` without a canary.
  let exposure: CanaryExposure?
  /// One a prompt.
  let prompts: [[Int32]]
  let parameters: SamplingParameters

  /// Which model answers.
  var arm: CanaryArm { exposure?.arm ?? .control }

  /// Tokens of all prompts.
  var promptTokens: Int { prompts.reduce(0) { $0 + $1.count } }

  /// The most tokens that it may use, prompts included.
  var mostTokens: Int {
    promptTokens + prompts.count * request.choices * parameters.maxNewTokens
  }

  /// What the engine is to do: the choices of each prompt one after the other.
  var job: GenerationJob {
    GenerationJob(
      arm: arm,
      sequences: prompts.indices.flatMap { group in
        (0..<request.choices).map { choice in
          SequenceRequest(
            prompt: prompts[group], parameters: parameters,
            stream: UInt64(group * request.choices + choice), group: group,
            alternatives: request.alternatives ?? 0)
        }
      })
  }

  /// The text of the prompt that a choice answers.
  func promptText(ofChoice index: Int) -> String {
    switch request.content {
    case .messages(let messages): ChatFormat.prompt(of: messages)
    case .texts(let texts): texts[index / request.choices]
    case .tokens(let prompts): model.tokenizer.decode(prompts[index / request.choices])
    }
  }

  /// The prompt as it is kept: the text that the model has seen, which training can take as it is.
  func passage(ofChoice index: Int) -> Passage { .text(promptText(ofChoice: index)) }
}

extension PreparedRequest {
  /// Checks a request against the model that is to answer.
  ///
  /// - Parameters:
  ///   - request: What was asked.
  ///   - model: Who answers.
  ///   - head: What stands in all parts of the response.
  ///   - exposure: How it was assigned.
  ///   - context: Tokens of prompt and completion together, at most.
  ///   - maxTokens: Tokens of a completion where the request does not say.
  ///   - seed: What draws start from where the request does not say.
  /// - Throws: ``RequestProblem``: an empty prompt, an unknown token, or more tokens than there is room for.
  init(
    _ request: GenerationRequest, model: ServedModel, head: ResponseHead,
    exposure: CanaryExposure?, context: Int, maxTokens: Int, seed: UInt64
  ) throws(RequestProblem) {
    let parameter = request.promptParameter
    let prompts: [[Int32]]
    switch request.content {
    case .messages(let messages):
      prompts = [model.tokenizer.encode(ChatFormat.prompt(of: messages))]
    case .texts(let texts): prompts = texts.map { model.tokenizer.encode($0) }
    case .tokens(let ids):
      for id in ids.joined() where model.tokenizer.token(for: id) == nil {
        throw .invalid(
          parameter, "'\(parameter)' has the token id \(id), which the model does not have.")
      }
      prompts = ids
    }
    var longest = 0
    for prompt in prompts {
      guard !prompt.isEmpty else { throw .emptyPrompt(parameter) }
      longest = max(longest, prompt.count)
    }
    let limit = min(context, model.positions ?? .max)
    let wanted = request.maxTokens ?? min(maxTokens, max(1, limit - longest))
    guard longest + wanted <= limit else {
      throw .contextOverflow(
        prompt: longest, completion: wanted, limit: limit, parameter: parameter)
    }
    var parameters = request.parameters(maxTokens: wanted, seed: seed)
    if case .messages = request.content { parameters.stopTexts.append(ChatFormat.stop) }
    (self.request, self.model, self.head, self.exposure) = (request, model, head, exposure)
    (self.prompts, self.parameters) = (prompts, parameters)
  }
}
