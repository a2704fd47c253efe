target_sources(jinqiao_kernel PRIVATE
  reports/cohort.cc
  reports/people.cc
  reports/reports.cc
  reports/series.cc
)
