internal import Hummingbird
internal import WebSupport

extension AnnotationService {
  func addAssets(to router: Router<WebContext>) {
    for (path, type, text) in [
      ("/style.css", "text/css; charset=utf-8", PageStyle.text),
      ("/task.js", "text/javascript; charset=utf-8", TaskScript.text),
    ] {
      let body = ByteBuffer(string: text)
      router.get(RouterPath(path)) { _, _ in
        Response(
          status: .ok, headers: [.contentType: type, .cacheControl: "max-age=300"],
          body: .init(byteBuffer: body))
      }
    }
    router.get("/health") { _, _ in "ok\n" }
  }
}
