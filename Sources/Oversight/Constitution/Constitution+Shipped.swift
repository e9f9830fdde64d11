extension Constitution {
  /// A constitution to begin with, in words of our own: what answers may do to people, whether they are
  /// true, and whether they are of use.
  ///
  /// Its tags are `harmlessness`, `honesty`, `helpfulness`, `fairness`, `privacy` and `style`. What can do
  /// the greatest harm has weight 2, what is a matter of taste 0.5. That principles about being of use
  /// stand beside those about harm is on purpose: by the latter alone, answers are revised until they say
  /// nothing.
  public static let shipped: Constitution = {
    do throws(ConstitutionError) {
      return try Constitution(
        version: "attune-1",
        principles: harmPrinciples + carePrinciples + honestyPrinciples + usePrinciples,
        revisionExamples: shippedRevisions, comparisonExamples: shippedComparisons)
    } catch {
      preconditionFailure("the constitution that is shipped: \(error)")
    }
  }()
}
