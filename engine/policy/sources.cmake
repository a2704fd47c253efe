target_sources(jinqiao_kernel PRIVATE
  policy/condition.cc
  policy/directory.cc
  policy/directory_codec.cc
  policy/grading.cc
  policy/ladder.cc
  policy/routing.cc
)
