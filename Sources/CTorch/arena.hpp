#pragma once

namespace attune {

/// From now on large tensors lie in one region of addresses, each in the lowest gap that it fits in.
///
/// glibc's allocator puts small objects between them, and what lives longer than a step pins the gaps of the last graph
/// apart: the graph of the next batch, which has other sizes, then goes on top. Training 135 M weights on batches of
/// changing lengths, up to 500 MB lay idle.
void use_arena();

}  // namespace attune
