#pragma once

namespace attune {

/// Whether LibTorch was built with oneDNN's float32 linear operation.
bool onednn_available();

/// Whether float32 products should go to oneDNN rather than to LibTorch's BLAS.
bool prefers_onednn();

}  // namespace attune
