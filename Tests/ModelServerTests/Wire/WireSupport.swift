import PreferenceData
import Testing

@testable import ModelServer

/// The object that a text of JSON is.
func object(_ json: String) throws -> JSONObject {
  try value(json).asBody()
}

/// What a text of JSON means, whatever its blanks.
func value(_ json: String) throws -> JSONValue { try JSONValue.value(parsing: Array(json.utf8)) }

extension String {
  /// What the events of a stream say, each as JSON.
  func eventValue() throws -> JSONValue {
    try #require(hasPrefix("data: ") && hasSuffix("\n\n"))
    return try value(String(dropFirst(6).dropLast(2)))
  }
}
