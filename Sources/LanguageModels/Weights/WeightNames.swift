/// What a family's checkpoints call their tensors, and how they lay them out.
struct WeightNames {
  /// How a file holds the matrix of a projection. In memory it is [out, in].
  enum ProjectionLayout {
    case outputsByInputs
    case inputsByOutputs
  }

  /// What stands before all names but the head's. Where a file leaves it out, as published GPT-2
  /// does, transformers finds the tensors all the same.
  var prefix: String
  var embedding: String
  var positionEmbedding = ""
  /// What stands before a layer's number.
  var layers: String
  var finalNormalization: String
  var head = "lm_head"
  /// A family that has query, key and value in one matrix names that one, and not the three.
  var layerModules: [LayerModule: String]
  var projectionLayout: ProjectionLayout
  /// Ends of the names of tensors that hold no parameter.
  var buffers: [String]

  /// A module's name, without prefix.
  func callAsFunction(_ module: Module) -> String {
    switch module {
    case .embedding: return embedding
    case .positionEmbedding: return positionEmbedding
    case .finalNormalization: return finalNormalization
    case .head: return head
    case .scoreHidden, .score:
      preconditionFailure("the names of score heads are the same in all families")
    case .layer(let index, let part):
      guard let name = layerModules[part] else {
        preconditionFailure("\(part) has no name in this family")
      }
      return "\(layers).\(index).\(name)"
    }
  }
}
