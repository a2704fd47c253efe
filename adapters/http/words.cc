#include "adapters/http/words.h"

namespace jinqiao::adapters::http {

std::string remark_code(std::string_view detail) {
    std::string code = "remark.";
    bool gap = false;
    for (const char c : detail) {
        const char low = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        if ((low < 'a' || low > 'z') && (low < '0' || low > '9')) {
            gap = true;
            continue;
        }
        if (gap && code.back() != '.') code += '_';
        gap = false;
        code += low;
    }
    return code;
}

}  // namespace jinqiao::adapters::http
