#!/bin/sh
# Made-up rows in the form of the three sources replay reads, for tests: make_rows.sh COUNT
awk -v count="$1" 'BEGIN {
  print "source_id,date_start,date_end,employer,employer_type,industry,city,region,country,workers_involved,workers_min,workers_max,action_type,demands,outcome,union,text,seen_date,source"
  split("Wage Arrears|Compensation|Relocation or Closure|Layoffs|Social Security|Pay Increase|made-up demand", demand, "|")
  split("Strike|Protest or Demonstration|Sit-in|Block road|Strike; Sit-in|threaten to jump", action, "|")
  split("||Police|Government Mediation|Negotiation|Police; Arrest(s)|Beaten", outcome, "|")
  split("1,100|100,1000|1000,10000|10000,|,", bracket, "|")
  for (i = 0; i < count; i++) {
    day = sprintf("%04d-%02d-%02d", 2011 + i % 7, 1 + i % 12, 1 + i % 28)
    if (i % 3 == 0)
      printf "T-%d,%s,,%s,Private Enterprise,Manufacturing,,Guangdong,CN,,%s,%s,%s,%s,,\"made up, \"\"%d\"\"\",,CLB\n", i, day, i % 4 ? "" : "Firm " i % 20, bracket[1 + int(i / 3) % 5], action[1 + i % 6], demand[1 + i % 7], outcome[1 + i % 7], i
    else if (i % 3 == 1)
      printf "T-%d,%s,%s,Plant %d,,Manufacturing,Town,OH,US,%d,,,work stoppage,,,Union,,,FMCS\n", i, day, day, i % 30, i % 700
    else
      printf "T-%d,%s,%s,Shop %d,,Retail Trade,City,CA,US,%s,,,%s,Pay; Health and safety,,Union,,,LAT\n", i, day, day, i % 30, i % 2 ? "" : i % 90 + 1, i % 4 ? "strike" : "protest"
  }
  print "T-bad-1,,,Nobody,,,,X,US,5,,,strike,,,,,,LAT"
  print "T-bad-2,2015-01-01,,Nobody,,,,X,US,5,,,strike,,,,,,OTHER"
}'
