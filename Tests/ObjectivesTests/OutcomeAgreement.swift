/// Whether two numbers that were computed in Double by different formulas are the same.
func agree(_ ours: Double, _ theirs: Double) -> Bool {
  relativeError(ours, theirs) < 1e-12 || abs(ours - theirs) < 1e-14
}

/// Whether two arrays of such numbers are the same.
func agree(_ ours: [Double], _ theirs: [Double]) -> Bool {
  ours.count == theirs.count && zip(ours, theirs).allSatisfy(agree)
}
