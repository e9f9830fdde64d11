public import Hummingbird

/// A file of a page that stands in the program: a style sheet, or a script.
public struct PageAsset: Sendable {
  /// What a browser makes of it.
  public enum Kind: String, Sendable {
    /// A style sheet.
    case style = "text/css; charset=utf-8"
    /// A script.
    case script = "text/javascript; charset=utf-8"
  }

  let path: String
  let kind: Kind
  let text: String

  /// A file.
  ///
  /// - Parameters:
  ///   - path: Its address.
  ///   - kind: What a browser makes of it.
  ///   - text: What is in it.
  public init(_ path: String, _ kind: Kind, _ text: String) {
    (self.path, self.kind, self.text) = (path, kind, text)
  }
}

extension Router {
  /// Adds the files of pages. Browsers keep them for five minutes.
  ///
  /// - Parameter assets: The files.
  public func addAssets(_ assets: PageAsset...) {
    for asset in assets {
      let body = ByteBuffer(string: asset.text)
      get(RouterPath(asset.path)) { _, _ in
        Response(
          status: .ok,
          headers: [.contentType: asset.kind.rawValue, .cacheControl: "max-age=300"],
          body: .init(byteBuffer: body))
      }
    }
  }
}
