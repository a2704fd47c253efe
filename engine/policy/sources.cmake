target_sources(jinqiao_kernel PRIVATE
  policy/condition.cc
  policy/coverage.cc
  policy/directory.cc
  policy/directory_codec.cc
  policy/directory_rows.cc
  policy/duty.cc
  policy/grading.cc
  policy/ladder.cc
  policy/quiet.cc
  policy/routing.cc
  policy/satisfiable.cc
)
