#include "adapters/cli/save.h"

#include <filesystem>
#include <fstream>

namespace jinqiao::adapters::cli {

namespace fs = std::filesystem;
using engine::model::ErrorCode;

Exit save(const Context& context, const std::string& output, const std::string& bytes) {
    if (output == "-") {
        context.out << bytes;
        return Exit::done;
    }
    const fs::path part = output + ".part";
    std::ofstream file(part, std::ios::binary);
    file << bytes;
    file.close();
    std::error_code wrong;
    if (file) fs::rename(part, output, wrong);
    if (file && !wrong) return Exit::done;
    std::error_code ignored;
    fs::remove(part, ignored);
    return context.fail({ErrorCode::unavailable, "cannot write the file", output}, Exit::could_not);
}

}  // namespace jinqiao::adapters::cli
