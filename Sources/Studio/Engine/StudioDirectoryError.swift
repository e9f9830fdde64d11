/// The directory holds something else.
public struct StudioDirectoryError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The directory.
  public let path: String

  /// An error.
  ///
  /// - Parameter path: The directory.
  public init(path: String) { self.path = path }

  /// A sentence without a full stop.
  public var description: String {
    "\(path): the directory holds something that is no studio; choose another --out"
  }
}
