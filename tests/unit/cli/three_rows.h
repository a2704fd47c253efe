#pragma once

namespace jinqiao::adapters::cli::replay {

// A small dispute table: yellow to red, a sit-in, a protest and a blocked road.
inline constexpr const char* three_rows =
    "source_id,date_start,date_end,employer,employer_type,industry,city,region,workers_involved,"
    "workers_min,workers_max,action_type,demands,outcome,text,source\n"
    "CLB-1,2015-03-02,2015-03-03,一厂,Private,Manufacturing,Tianjin,Tianjin,,101,1000,Sit-in,"
    "Wage Arrears,,,CLB\n"
    "CLB-2,2015-03-04,2015-03-04,二厂,Private,Construction,Tianjin,Tianjin,,1,100,Protest,"
    "Wage Arrears;Social Security,,,CLB\n"
    "CLB-3,2015-09-30,2015-10-02,三厂,Foreign-owned,Manufacturing,Tianjin,Tianjin,,1001,10000,"
    "Strike;Block Road,Relocation or closure,,,CLB\n";

}  // namespace jinqiao::adapters::cli::replay
