public import HTTPTypes
public import Hummingbird

extension Response {
  /// A page of HTML.
  ///
  /// - Parameters:
  ///   - html: The page.
  ///   - status: How it is answered.
  /// - Returns: The answer.
  public static func page(_ html: String, status: HTTPResponse.Status = .ok) -> Response {
    Response(
      status: status, headers: [.contentType: "text/html; charset=utf-8"],
      body: .init(byteBuffer: ByteBuffer(string: html)))
  }
}
