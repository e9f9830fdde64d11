internal import CTorch

/// The number format of a tensor's elements.
public enum ElementType: String, CaseIterable, Sendable {
  case float32, float64, bfloat16, float16, int64

  /// Bytes one element takes.
  public var byteCount: Int {
    switch self {
    case .bfloat16, .float16: 2
    case .float32: 4
    case .float64, .int64: 8
    }
  }

  var code: ct_element {
    switch self {
    case .float32: ct_float32
    case .float64: ct_float64
    case .bfloat16: ct_bfloat16
    case .float16: ct_float16
    case .int64: ct_int64
    }
  }

  init(code: Int32) {
    guard let type = Self.allCases.first(where: { Int32($0.code.rawValue) == code }) else {
      preconditionFailure("LibTorch answered with an element type that Attune never asks for")
    }
    self = type
  }
}

/// Swift numbers that a tensor can be made of and read into.
public protocol TensorElement: Sendable {
  /// The format of the numbers in memory.
  static var elementType: ElementType { get }
  /// The value that new memory is filled with.
  static var zero: Self { get }
}

extension Float: TensorElement {
  /// IEEE single precision.
  public static var elementType: ElementType { .float32 }
}

extension Double: TensorElement {
  /// IEEE double precision.
  public static var elementType: ElementType { .float64 }
}

extension Int64: TensorElement {
  /// Token ids and other counts.
  public static var elementType: ElementType { .int64 }
}
