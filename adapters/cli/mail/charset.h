#pragma once
#include <string>
#include <string_view>

namespace jinqiao::adapters::cli::mail {

// Text of any charset iconv knows as UTF-8. GB 2312 and GBK are read as GB 18030, which holds both:
// mail programs call it by the smallest name. A charset nobody knows, and none, is UTF-8 if the
// bytes are that, else GB 18030. What cannot be read stands as U+FFFD; there is no failure.
std::string to_utf8(std::string_view bytes, std::string_view charset);

bool is_utf8(std::string_view text);

}  // namespace jinqiao::adapters::cli::mail
