import HTTPTypes
import Testing
import WebSupport

@Suite("Tokens of forms")
struct CSRFTokenTests {
  private let token = CSRFToken(session: CountingGenerator.secret())

  private func code(_ form: String?, header: [String] = []) throws -> String? {
    let fields = try form.map { try FormFields(parsing: $0.utf8) }
    let headers = HTTPFields(header.map { HTTPField(name: CSRFToken.headerName, value: $0) })
    do {
      try token.check(form: fields, headers: headers)
      return nil
    } catch {
      return "\(error.status.code) \(error.code)"
    }
  }

  @Test("the token is the HMAC that Python computes")
  func value() {
    #expect(token.text == "eIsFe2vLipVDATP3W09N66NfpjIYzAKLUb1UCl2Pp3o")
    #expect(token.text != CountingGenerator.secret().text)
  }

  @Test("it is taken from a form's field or from the header")
  func taken() throws {
    #expect(try code("csrf_token=\(token.text)&a=b") == nil)
    #expect(try code("a=b", header: [token.text]) == nil)
    #expect(try code(nil, header: [token.text]) == nil)
  }

  @Test("none, a forged one, another session's and two are refused")
  func refused() throws {
    let another = CSRFToken(session: CountingGenerator.secret(from: 1)).text
    let refusal = "403 csrf"
    #expect(try code(nil) == refusal)
    #expect(try code("a=b") == refusal)
    #expect(try code("csrf_token=") == refusal)
    #expect(try code("csrf_token=\(another)") == refusal)
    #expect(try code("csrf_token=\(token.text.dropLast())") == refusal)
    #expect(try code("csrf_token=\(CountingGenerator.secret().text)") == refusal)
    #expect(try code("csrf_token=\(token.text)&csrf_token=\(another)") == refusal)
    #expect(try code("csrf_token=\(another)", header: [token.text]) == refusal)
    #expect(try code(nil, header: [another]) == refusal)
  }
}
