#if LibTorch
  /// The bytes of a safetensors file: the header's length, the header, the tensors' bytes.
  func safetensors(_ header: String, _ data: [UInt8], length: UInt64? = nil) -> [UInt8] {
    let bytes = Array(header.utf8)
    return withUnsafeBytes(of: (length ?? UInt64(bytes.count)).littleEndian, Array.init)
      + bytes + data
  }

  /// One tensor of two float32 numbers, 1 and −2.
  let smallFile = safetensors(
    #"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0])
#endif
