import Studio
import Testing

@Suite("What the studio refuses")
struct StudioErrorTests {
  @Test(
    "each refusal is a sentence that says what to do",
    arguments: [
      (StudioError.preparing, "The model is still being made. It takes about a minute."),
      (.failed("no disk"), "The studio has no model to work with: no disk."),
      (.busy, "The model is busy with something else. Try again when it is done."),
      (.emptyPrompt, "The prompt is empty. Ask something."),
      (
        .longPrompt(401),
        "The prompt has 401 characters, but may have 400. Ask in fewer words."
      ),
      (
        .oddPrompt,
        "The prompt has characters that are no text. Ask in plain words, in one line."
      ),
      (.noSuchPair, "This pair was decided already. Choose from the next one."),
      (.fewChoices(1, needed: 8), "There is 1 choice, and 8 are needed. Choose some more."),
      (.fewChoices(0, needed: 8), "There are 0 choices, and 8 are needed. Choose some more."),
      (
        .manyChoices(limit: 2000),
        "There are 2000 choices, which is as many as are kept. Start anew for more."
      ),
      (.startedAnew, "You have started anew, and what was under way is not kept."),
      (.nothingAsked, "Nothing was asked yet. Begin with step 1."),
      (.noRewardModel, "No reward model has learned yet. Begin with step 3."),
    ])
  func sentences(error: StudioError, sentence: String) {
    #expect(error.description == sentence)
  }

  @Test("a directory that holds something else is named")
  func directory() {
    #expect(
      "\(StudioDirectoryError.occupied(path: "/tmp/x"))"
        == "/tmp/x: the directory holds something that is no studio; choose another --out")
    #expect(
      "\(StudioDirectoryError.otherSeed(path: "/tmp/x", seed: "3"))"
        == "/tmp/x: holds a studio whose model was made with --seed 3; repeat it, or choose another --out"
    )
  }
}
