extension StandardStream {
  /// How wide lines may be.
  ///
  /// - Parameter environment: The environment of the process.
  /// - Returns: The columns that `COLUMNS` says, else those of the terminal, else 80.
  package func width(environment: [String: String]) -> Int {
    environment["COLUMNS"].flatMap(Int.init).flatMap { $0 > 0 ? $0 : nil } ?? width
  }
}
