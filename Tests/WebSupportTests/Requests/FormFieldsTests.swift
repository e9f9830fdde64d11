import Testing
import WebSupport

@Suite("Forms")
struct FormFieldsTests {
  private func fields(_ text: String, _ limits: FormFields.Limits = .init()) -> [String]? {
    (try? FormFields(parsing: text.utf8, limits: limits))?.fields.map { "\($0.name):\($0.value)" }
  }

  private func message(_ bytes: [UInt8], _ limits: FormFields.Limits = .init()) -> String? {
    do {
      _ = try FormFields(parsing: bytes, limits: limits)
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test("fields are decoded and keep their order")
  func decoding() {
    #expect(fields("") == [])
    #expect(fields("a=1&b=2&a=3") == ["a:1", "b:2", "a:3"])
    #expect(fields("a=") == ["a:"])
    #expect(fields("a=b=c") == ["a:b=c"])
    #expect(fields("a%3Db=c%26d") == ["a=b:c&d"])
    #expect(fields("x=+%2B+") == ["x: + "])
    #expect(fields("x=%E2%82%AC%F0%9F%A6%8A%e2%82%ac") == ["x:€🦊€"])
    #expect(fields("x=line%0D%0Anext") == ["x:line\r\nnext"])
    #expect(fields("x=%3Cscript%3E%27%22") == ["x:<script>'\""])
    #expect(
      fields("x=Robert%27%29%3B+DROP+TABLE+people%3B--") == ["x:Robert'); DROP TABLE people;--"])
    #expect(fields("x=/?:@!$'()*,;[]") == ["x:/?:@!$'()*,;[]"])
  }

  @Test(
    "what is odd is refused with a sentence",
    arguments: [
      ("a", "400 form: The form has a field without a value sign, \"=\"."),
      ("a=1&", "400 form: The form has a field without a value sign, \"=\"."),
      ("&a=1", "400 form: The form has a field without a value sign, \"=\"."),
      ("=1", "400 form: The form has a field without a name."),
      ("a=%", "400 form: A value has a \"%\" without two hexadecimal digits."),
      ("a=%4", "400 form: A value has a \"%\" without two hexadecimal digits."),
      ("a=%4G", "400 form: A value has a \"%\" without two hexadecimal digits."),
      ("a=%u0041", "400 form: A value has a \"%\" without two hexadecimal digits."),
      ("%zz=1", "400 form: A name has a \"%\" without two hexadecimal digits."),
      ("a=b c", "400 form: A value has the byte 32 as it is, which must be percent-encoded."),
      ("a=é", "400 form: A value has the byte 195 as it is, which must be percent-encoded."),
      ("a=b\r\n", "400 form: A value has the byte 13 as it is, which must be percent-encoded."),
      ("a=%ff", "400 form: A value is not UTF-8."),
      ("a=%c0%af", "400 form: A value is not UTF-8."),
      ("a=%ed%a0%80", "400 form: A value is not UTF-8."),
      ("a=x%00y", "400 form: A value has a zero byte."),
    ])
  func refused(text: String, expected: String) {
    #expect(message(Array(text.utf8)) == expected)
  }

  @Test("limits hold to the last byte, each with its sentence")
  func limits() {
    let limits = FormFields.Limits(fields: 2, name: 3, value: 4)
    #expect(fields("abc=1234&b=%41%41%41%41", limits) == ["abc:1234", "b:AAAA"])
    #expect(
      message(Array("a=1&b=2&c=3".utf8), limits)
        == "413 too_large: The form has more than 2 fields, which is the limit.")
    #expect(
      message(Array("abcd=1".utf8), limits)
        == "413 too_large: A name has more than 3 bytes, which is the limit.")
    for value in ["12345", "%41%41%41%41%41", "123456789012345", "%E2%82%ACab"] {
      #expect(
        message(Array("a=\(value)".utf8), limits)
          == "413 too_large: A value has more than 4 bytes, which is the limit.")
    }
  }

  @Test("a field that must be there once, or may be left out")
  func values() throws {
    let form = try FormFields(parsing: "a=1&b=2&a=3&c=".utf8)
    #expect(form.all("a") == ["1", "3"])
    #expect(form.all("d") == [])
    #expect(try form.one("b") == "2")
    #expect(try form.one("c") == "")
    #expect(try form.optional("d") == nil)
    #expect(throws: WebFailure.badRequest("form", "The form has no field \"d\".")) {
      try form.one("d")
    }
    let twice = WebFailure.badRequest("form", "The form has the field \"a\" 2 times.")
    #expect(throws: twice) { try form.one("a") }
    #expect(throws: twice) { try form.optional("a") }
  }
}
