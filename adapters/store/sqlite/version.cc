#include "adapters/store/sqlite/version.h"

#include <SQLiteCpp/Database.h>

namespace jinqiao::adapters::store::sqlite {

bool has_wal_reset_defect(int version_number) {
    constexpr int release = 1000;  // 3.50.x: 3050000 to 3050999
    if (version_number >= 3051003) return false;
    if (version_number / release == 3044) return version_number < 3044006;
    if (version_number / release == 3050) return version_number < 3050007;
    return version_number >= 3007000;
}

std::string describe_library() {
    std::string text = std::string("SQLite ") + SQLite::getLibVersion();
    if (has_wal_reset_defect(SQLite::getLibVersionNumber())) {
        text +=
            ", has the WAL-reset defect mended in 3.51.3: harmless as long as only this "
            "program writes to the file";
    }
    return text;
}

}  // namespace jinqiao::adapters::store::sqlite
