#include "engine/model/media_type.h"

#include <algorithm>
#include <array>

namespace jinqiao::engine::model {

namespace {

using namespace std::string_view_literals;

bool is_zip_with(std::string_view bytes, std::string_view part) {
    return bytes.starts_with("PK\x03\x04"sv) && bytes.find(part) != std::string_view::npos;
}

// ISO base media: size, "ftyp", the brand (ISO/IEC 23008-12 for pictures).
bool is_heif(std::string_view bytes) {
    constexpr std::array brands{"heic"sv, "heix"sv, "heim"sv, "heis"sv, "mif1"sv};
    return bytes.size() >= 12 && bytes.substr(4, 4) == "ftyp" &&
           std::find(brands.begin(), brands.end(), bytes.substr(8, 4)) != brands.end();
}

bool is(std::string_view name, std::string_view bytes) {
    if (name == "application/pdf") return bytes.starts_with("%PDF-");
    if (name == "image/jpeg") return bytes.starts_with("\xFF\xD8\xFF"sv);
    if (name == "image/png") return bytes.starts_with("\x89PNG\r\n\x1A\n"sv);
    if (name == "image/webp") return bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP";
    if (name == "image/heic") return is_heif(bytes);
    if (name == "application/ofd") return is_zip_with(bytes, "OFD.xml");
    if (name.ends_with("wordprocessingml.document")) return is_zip_with(bytes, "word/document.xml");
    return is_zip_with(bytes, "xl/workbook.xml");
}

}  // namespace

const std::vector<MediaType>& media_types() {
    static const std::vector<MediaType> known{
        {"application/pdf", ".pdf"},
        {"image/jpeg", ".jpg"},
        {"image/png", ".png"},
        {"image/webp", ".webp"},
        {"image/heic", ".heic"},
        {"application/ofd", ".ofd"},
        {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"},
        {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"},
    };
    return known;
}

const MediaType* media_type_of(std::string_view bytes) {
    // substr() of what is too short would throw; nothing of these kinds is that short.
    if (bytes.size() < 12) return nullptr;
    for (const auto& type : media_types())
        if (is(type.name, bytes)) return &type;
    return nullptr;
}

const MediaType* find_media_type(std::string_view name) {
    for (const auto& type : media_types())
        if (type.name == name) return &type;
    return nullptr;
}

}  // namespace jinqiao::engine::model
