import Testing
import WebSupport

@Suite("Addresses to listen on")
struct ListenAddressTests {
  private func message(_ text: String) -> String? {
    do {
      _ = try ListenAddress(parsing: text, defaultPort: 8765)
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test(
    "host and port are read, and written again",
    arguments: [
      ("127.0.0.1:8765", "127.0.0.1", 8765, "127.0.0.1:8765"), ("[::1]:80", "::1", 80, "[::1]:80"),
      ("localhost:0", "localhost", 0, "localhost:0"), ("0.0.0.0", "0.0.0.0", 8765, "0.0.0.0:8765"),
      ("[2001:db8::1]", "2001:db8::1", 8765, "[2001:db8::1]:8765"),
      ("notes.example:65535", "notes.example", 65535, "notes.example:65535"),
    ])
  func reading(text: String, host: String, port: Int, written: String) throws {
    let address = try ListenAddress(parsing: text, defaultPort: 8765)
    #expect(address.host == host)
    #expect(address.port == port)
    #expect("\(address)" == written)
    #expect(address.url == "http://\(written)/")
  }

  @Test("what is no address is said with what one looks like")
  func refused() {
    for text in [
      "", ":80", "[::1", "[127.0.0.1]:80", "[::1]80", "a b:80", "http://localhost:80", "[]:80",
      "ho/st",
    ] {
      #expect(
        message(text)
          == (text.hasPrefix("http")
            ? "'\(text)' has several colons; write an address of IPv6 in brackets, as in [::1]:8765"
            : "'\(text)' is no address to listen on; it must have the form 127.0.0.1:8765 or [::1]:8765")
      )
    }
    #expect(
      message("::1:80")
        == "'::1:80' has several colons; write an address of IPv6 in brackets, as in [::1]:8765")
    for port in ["", "65536", "-1", "+1", "x", "99999999999999999999", "8 0"] {
      #expect(
        message("localhost:\(port)")
          == "'localhost:\(port)' has the port '\(port)', but must have one from 0 to 65535 (0 takes any "
          + "free one)")
    }
  }

  @Test("the loopback is the default; elsewhere TLS in front spares the warning")
  func warning() throws {
    #expect(ListenAddress(port: 1).host == "127.0.0.1")
    for host in ["127.0.0.1", "127.9.8.7", "::1", "localhost", "LOCALHOST"] {
      let address = ListenAddress(host: host, port: 1)
      #expect(address.isLoopback)
      #expect(!address.needsWarning(proxy: .none))
    }
    for host in [
      "0.0.0.0", "::", "192.168.0.1", "127.0.0.1.evil.example", "127.evil", "128.0.0.1",
      "127.0.0.256",
    ] {
      let address = ListenAddress(host: host, port: 1)
      #expect(!address.isLoopback)
      #expect(address.needsWarning(proxy: .none))
      #expect(address.needsWarning(proxy: .plain))
      #expect(!address.needsWarning(proxy: .tls))
    }
  }
}
