target_sources(jinqiao_kernel PRIVATE
  model/codec.cc
  model/codec_decode.cc
  model/figures.cc
  model/fit.cc
  model/json_writer.cc
  model/kase.cc
  model/media_type.cc
  model/names.cc
)
