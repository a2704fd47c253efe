#include "adapters/notify/http/read_answers.h"

#include <array>
#include <charconv>
#include <optional>

namespace jinqiao::adapters::notify::http {
namespace {

using engine::ports::Section;

constexpr std::array<std::pair<std::string_view, Meaning>, 4> classes{{
    {"retry", Meaning::retry},
    {"wait", Meaning::wait},
    {"permanent", Meaning::permanent},
    {"channel", Meaning::channel},
}};

std::optional<int> status_of(const std::string& text) {
    int status = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), status);
    const bool whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
    return whole && status >= 100 && status <= 599 ? std::optional(status) : std::nullopt;
}

std::string read_pointer(Section& section, std::string_view key) {
    std::string pointer = section.text(key, {});
    if (!pointer.empty() && !is_pointer(pointer))
        section.fault(key, "a JSON pointer such as /errcode", pointer);
    return pointer;
}

template <class Take>
void each_status(Section& section, std::string_view key, Take take) {
    for (const std::string& text : section.texts(key)) {
        if (const auto status = status_of(text))
            take(*status);
        else
            section.fault(key, "HTTP statuses, 100 to 599", text);
    }
}

void read_success(Section& section, Answers& answers) {
    const auto part = section.section("success");
    each_status(*part, "status", [&](int status) { answers.status.push_back(status); });
    answers.pointer = read_pointer(*part, "pointer");
    answers.equals = part->text("equals", answers.equals);
    if (answers.pointer.empty() && part->has("equals"))
        part->fault("equals", "a pointer beside it", "none");
}

void read_classes(Section& section, Answers& answers) {
    for (const auto& [name, meaning] : classes)
        for (const std::string& code : section.texts(name)) {
            if (answers.codes.contains(code) || code == answers.equals)
                section.fault(name, "a code that has no other meaning", code);
            answers.codes[code] = {meaning};
        }
    const auto part = section.section("status");
    for (const auto& [name, meaning] : classes)
        each_status(*part, name,
                    [&, meaning = meaning](int status) { answers.statuses[status] = meaning; });
}

void read_retry(Section& section, Answers& answers) {
    const auto part = section.section("retry");
    read_classes(*part, answers);
    const std::string other = part->text("other", "permanent");
    if (other != "permanent" && other != "retry") part->fault("other", "permanent or retry", other);
    answers.other = other == "retry" ? Meaning::retry : Meaning::permanent;
    const auto wait = part->span("least_wait", answers.least_wait);
    if (wait < std::chrono::seconds{1} || wait > std::chrono::hours{24})
        part->fault("least_wait", "1 s to 24 h", std::to_string(wait.count()) + " ms");
    answers.least_wait = std::chrono::ceil<std::chrono::seconds>(wait);
    if (!answers.codes.empty() && answers.pointer.empty() && answers.error_pointer.empty())
        part->fault("retry", "success.pointer or error_pointer, which say where a code stands",
                    "neither");
}

}  // namespace

Answers read_answers(Section& section) {
    Answers answers;
    read_success(section, answers);
    answers.id_pointer = read_pointer(section, "id_pointer");
    answers.error_pointer = read_pointer(section, "error_pointer");
    read_retry(section, answers);
    return answers;
}

}  // namespace jinqiao::adapters::notify::http
