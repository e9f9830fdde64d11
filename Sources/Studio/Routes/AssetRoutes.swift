internal import Hummingbird
internal import NIOCore
internal import Reports
internal import WebSupport

extension StudioService {
  func addAssets(to router: Router<WebContext>) {
    for (path, type, text) in [
      ("/studio.css", "text/css; charset=utf-8", StudioStyle.text),
      (ServedReport.stylePath, "text/css; charset=utf-8", StyleSheet.text),
      ("/studio.js", "text/javascript; charset=utf-8", StudioScript.text),
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
