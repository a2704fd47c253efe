target_sources(jinqiao_time PRIVATE
  time/budget.cc
  time/calendar.cc
  time/clock_count.cc
  time/day_count.cc
  time/due.cc
  time/explain.cc
  time/explain_runs.cc
  time/explanation.cc
  time/instant.cc
  time/ledger.cc
  time/reckon.cc
)
