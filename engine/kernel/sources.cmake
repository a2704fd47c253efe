target_sources(jinqiao_kernel PRIVATE
  kernel/audience.cc
  kernel/assignments.cc
  kernel/clocks.cc
  kernel/custody.cc
  kernel/decide.cc
  kernel/draft.cc
  kernel/fire.cc
  kernel/grade.cc
  kernel/options.cc
  kernel/payload.cc
  kernel/payload_references.cc
  kernel/payload_schema.cc
  kernel/preview.cc
  kernel/trial.cc
  kernel/sign_for.cc
)
