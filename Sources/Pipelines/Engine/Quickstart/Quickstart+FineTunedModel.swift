extension Quickstart {
  /// Runs the stages up to the fine-tuned model, those that are done excepted.
  ///
  /// - Parameter observe: Told of all that happens; may stop it.
  /// - Returns: The run directory of the fine-tuned model.
  /// - Throws: ``QuickstartError``, and what stages throw.
  public func fineTunedModel(observe: Observer) async throws -> String {
    try await prepare(through: .sft, observe: observe)
    return layout.run(.sft)
  }
}
