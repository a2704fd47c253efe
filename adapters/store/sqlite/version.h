#pragma once
#include <string>

namespace jinqiao::adapters::store::sqlite {

// Before 3.51.3 (3.44.6 and 3.50.7 carry the mend) a checkpoint by one connection beside a commit
// by another can lose commits or break the file. This store does both on one connection.
bool has_wal_reset_defect(int version_number);  // 3040001: 3.40.1

std::string describe_library();

}  // namespace jinqiao::adapters::store::sqlite
