#if LibTorch
  import Testing

#endif
