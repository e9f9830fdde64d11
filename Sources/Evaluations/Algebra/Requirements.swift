/// Traps on NaN and infinity. Statistics of such numbers are numbers no reader can act on: whoever
/// takes scores from a model checks them first, where the row at fault can still be named.
func requireFinite(
  _ values: some Sequence<Double>, _ name: @autoclosure () -> String,
  file: StaticString = #fileID, line: UInt = #line
) {
  for value in values where !value.isFinite {
    preconditionFailure("\(name()) hold \(value), but must be finite", file: file, line: line)
  }
}

/// Traps where two columns that belong together differ in length.
func requireSameCount(
  _ one: Int, _ other: Int, _ names: @autoclosure () -> String,
  file: StaticString = #fileID, line: UInt = #line
) {
  precondition(one == other, "\(names()): \(one) and \(other)", file: file, line: line)
}
