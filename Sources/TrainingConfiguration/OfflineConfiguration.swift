/// The settings of a method that learns from given data: what all of them have.
public protocol OfflineConfiguration: MethodConfiguration {
  /// What it trains and is evaluated on.
  var data: DataConfiguration { get }
}

extension OfflineConfiguration {
  /// The files of ``data``.
  public var dataFiles: [String] { data.allFiles }
}
