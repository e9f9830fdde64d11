import HTTPTypes
import Testing
import WebSupport

@Suite("Session cookies")
struct SessionCookieTests {
  private let plain = SessionCookie(lifetime: 3600, proxy: .none)
  private let secure = SessionCookie(lifetime: 3600, proxy: .tls)
  private let text = CountingGenerator.secret().text
  private let other = CountingGenerator.secret(from: 7).text

  private func fields(_ values: [String]) -> HTTPFields {
    HTTPFields(values.map { HTTPField(name: .cookie, value: $0) })
  }

  @Test("what a browser is told")
  func setting() {
    let secret = CountingGenerator.secret()
    #expect(
      plain.setting(secret)
        == "attune_session=\(text); Path=/; Max-Age=3600; HttpOnly; SameSite=Strict")
    #expect(
      secure.setting(secret)
        == "__Host-attune_session=\(text); Path=/; Max-Age=3600; HttpOnly; SameSite=Strict; Secure")
    #expect(
      SessionCookie(lifetime: 60, proxy: .plain).setting(secret)
        == "attune_session=\(text); Path=/; Max-Age=60; HttpOnly; SameSite=Strict")
    #expect(
      plain.removal == "attune_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict")
  }

  @Test("it is found among others, however they are sent")
  func reading() {
    let ways = [
      ["attune_session=\(text)"], ["a=b; attune_session=\(text); c=d"],
      ["a=b", "attune_session=\(text)"], ["a=b;attune_session=\(text);"],
      [";; ; nonsense; =; \u{7F}; attune_session=\(text)"],
      ["ATTUNE_SESSION=x; attune_session=\(text)"],
      ["attune_session_2=\(other); attune_session=\(text)"],
    ]
    for way in ways {
      #expect(plain.secret(in: fields(way))?.text == text, "\(way)")
    }
  }

  @Test("none, malformed ones and two are none")
  func refused() {
    let ways = [
      [], [""], ["attune_session"], ["attune_session="], ["attune_session=\"\(text)\""],
      ["attune_session=\(text)x"], ["attune_session=\(text.dropLast())"],
      ["attune_session=" + text + "="],
      ["attune_session=\(text); attune_session=\(other)"],
      ["attune_session=\(text)", "attune_session=\(text)"],
      ["attune_session=x; attune_session=\(text)"], ["xattune_session=\(text)"],
      ["__Host-attune_session=\(text)"],
    ]
    for way in ways {
      #expect(plain.secret(in: fields(way)) == nil, "\(way)")
    }
  }

  @Test("behind TLS a cookie without the prefix, which anybody can plant, counts for nothing")
  func prefix() {
    #expect(secure.secret(in: fields(["attune_session=\(text)"])) == nil)
    let both = fields(["attune_session=\(other); __Host-attune_session=\(text)"])
    #expect(secure.secret(in: both)?.text == text)
  }

  @Test("two servers on one host use two names")
  func names() {
    let second = SessionCookie(name: "attune-8766", lifetime: 60, proxy: .none)
    let both = fields(["attune_session=\(text); attune-8766=\(other)"])
    #expect(plain.secret(in: both)?.text == text)
    #expect(second.secret(in: both)?.text == other)
  }
}
