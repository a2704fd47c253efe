#include "adapters/cli/mail/charset.h"

#include <iconv.h>

#include <algorithm>
#include <cerrno>
#include <memory>

namespace jinqiao::adapters::cli::mail {
namespace {

constexpr std::string_view unreadable = "\xEF\xBF\xBD";

// Upper case, and nothing iconv would take for an instruction ("//TRANSLIT").
std::string name_of(std::string_view charset) {
    std::string out;
    for (const char c : charset) {
        const char up = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        const bool plain = (up >= 'A' && up <= 'Z') || (up >= '0' && up <= '9') || up == '-' ||
                           up == '_' || up == ':' || up == '.';
        if (plain) out += up;
    }
    for (const std::string_view subset : {"GB2312", "GBK", "CP936", "GB_2312-80"})
        if (out == subset) out.assign("GB18030");
    return out;
}

class Converter {
  public:
    explicit Converter(const char* from) : handle_(iconv_open("UTF-8", from)) {}
    ~Converter() {
        if (known()) iconv_close(handle_);
    }
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;

    // NOLINTNEXTLINE(performance-no-int-to-ptr): how iconv says that it cannot
    bool known() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

    std::string all(std::string_view bytes) {
        std::string in(bytes);
        std::string out;
        char* from = in.data();
        std::size_t left = in.size();
        while (left > 0) {
            char room[4096];
            char* to = room;
            std::size_t free = sizeof room;
            const auto done = iconv(handle_, &from, &left, &to, &free);
            const int why = errno;
            out.append(room, static_cast<std::size_t>(to - room));
            if (done != static_cast<std::size_t>(-1) || why == E2BIG) continue;
            out += unreadable;
            ++from;
            --left;
        }
        return out;
    }

  private:
    iconv_t handle_;
};

}  // namespace

bool is_utf8(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const std::size_t more = lead < 0x80                   ? 0
                                 : lead >= 0xC2 && lead < 0xE0 ? 1
                                 : lead >= 0xE0 && lead < 0xF0 ? 2
                                 : lead >= 0xF0 && lead < 0xF5 ? 3
                                                               : 9;
        if (more == 9 || at + more >= text.size()) return false;
        for (std::size_t i = 1; i <= more; ++i)
            if ((static_cast<unsigned char>(text[at + i]) & 0xC0U) != 0x80U) return false;
        const auto next = more > 0 ? static_cast<unsigned char>(text[at + 1]) : 0U;
        if ((lead == 0xE0 && next < 0xA0) || (lead == 0xED && next > 0x9F) ||
            (lead == 0xF0 && next < 0x90) || (lead == 0xF4 && next > 0x8F))
            return false;
        at += more + 1;
    }
    return true;
}

std::string to_utf8(std::string_view bytes, std::string_view charset) {
    const auto name = name_of(charset);
    const bool unicode = name == "UTF-8" || name == "UTF8";
    const bool plain = unicode || name.empty() || name == "US-ASCII";
    if (plain && is_utf8(bytes)) return std::string(bytes);
    Converter converter(unicode ? "UTF-8" : plain ? "GB18030" : name.c_str());
    if (converter.known()) return converter.all(bytes);
    if (is_utf8(bytes)) return std::string(bytes);
    Converter guess("GB18030");
    return guess.known() ? guess.all(bytes) : std::string(unreadable);
}

}  // namespace jinqiao::adapters::cli::mail
