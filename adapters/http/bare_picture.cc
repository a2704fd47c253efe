#include "adapters/http/bare_picture.h"

#include <algorithm>
#include <array>
#include <boost/crc.hpp>

#include "adapters/http/big_endian.h"

namespace jinqiao::adapters::http {

namespace {

using namespace std::literals;

constexpr auto exif_head = "Exif\0\0"sv;

// --- JPEG (ITU-T T.81, annex B)

bool says_nothing(unsigned char marker) {  // no length follows
    return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7);
}

// Of the application segments a viewer needs three; comments it needs never.
bool is_needed(unsigned char marker, std::string_view content) {
    if (marker == 0xE0) return content.starts_with("JFIF\0"sv);
    if (marker == 0xE2) return content.starts_with("ICC_PROFILE\0"sv);
    if (marker == 0xEE) return content.starts_with("Adobe"sv);
    return (marker < 0xE0 || marker > 0xEF) && marker != 0xFE;
}

// Where the coded picture data end: at a marker that is neither a stuffed byte nor a restart.
std::size_t end_of_scan(std::string_view bytes, std::size_t at) {
    for (; at + 1 < bytes.size(); ++at) {
        if (bytes[at] != '\xFF') continue;
        const auto next = static_cast<unsigned char>(bytes[at + 1]);
        if (next != 0x00 && next != 0xFF && (next < 0xD0 || next > 0xD7)) return at;
    }
    return bytes.size();
}

std::string app1(int orientation) {
    const auto content = std::string(exif_head) + tiff_of(orientation);
    return "\xFF\xE1" + big_endian(content.size() + 2, 2) + content;
}

std::optional<std::string> bare_jpeg(std::string_view bytes) {
    std::string segments;
    int orientation = 1;
    bool scanned = false;
    std::size_t at = 2;
    while (at + 1 < bytes.size()) {
        if (bytes[at] != '\xFF') return {};
        const auto marker = static_cast<unsigned char>(bytes[at + 1]);
        if (marker == 0xFF) {  // padding
            ++at;
            continue;
        }
        if (marker == 0xD9) break;  // what comes behind the end belongs to no picture
        if (says_nothing(marker)) {
            at += 2;
            continue;
        }
        if (at + 4 > bytes.size()) return {};
        const auto length = big_endian(bytes, at + 2, 2);
        if (length < 2 || length > bytes.size() - at - 2) return {};
        const auto whole = bytes.substr(at, length + 2);
        const auto content = whole.substr(4);
        if (marker == 0xE1 && content.starts_with(exif_head))
            orientation = orientation_of(content.substr(exif_head.size()));
        if (is_needed(marker, content)) segments += whole;
        at += whole.size();
        if (marker != 0xDA) continue;
        const auto end = end_of_scan(bytes, at);
        segments += bytes.substr(at, end - at);
        at = end;
        scanned = true;
    }
    if (!scanned) return {};
    return "\xFF\xD8" + (orientation > 1 ? app1(orientation) : "") + segments + "\xFF\xD9";
}

// --- PNG (ISO/IEC 15948)

std::string png_chunk(std::string_view kind, std::string_view content) {
    const auto body = std::string(kind) + std::string(content);
    boost::crc_32_type sum;
    sum.process_bytes(body.data(), body.size());
    return big_endian(content.size(), 4) + body + big_endian(sum.checksum(), 4);
}

std::optional<std::string> bare_png(std::string_view bytes) {
    constexpr std::array needed{"IHDR"sv, "PLTE"sv, "IDAT"sv, "IEND"sv, "tRNS"sv, "cHRM"sv,
                                "gAMA"sv, "iCCP"sv, "sBIT"sv, "sRGB"sv, "bKGD"sv, "pHYs"sv,
                                "cICP"sv, "acTL"sv, "fcTL"sv, "fdAT"sv};
    std::string head(bytes.substr(0, 8));
    std::string chunks;
    int orientation = 1;
    for (std::size_t at = 8; at + 12 <= bytes.size();) {
        const auto length = big_endian(bytes, at, 4);
        if (length > bytes.size() - at - 12) return {};
        const auto whole = bytes.substr(at, length + 12);
        const auto kind = whole.substr(4, 4);
        if (kind == "eXIf") orientation = orientation_of(whole.substr(8, length));
        if (std::find(needed.begin(), needed.end(), kind) != needed.end())
            (kind == "IHDR" ? head : chunks) += whole;
        if (kind == "IEND")
            return head + (orientation > 1 ? png_chunk("eXIf", tiff_of(orientation)) : "") + chunks;
        at += whole.size();
    }
    return {};  // cut off before its end
}

// --- WebP (RFC 9649)

std::string riff_chunk(std::string_view kind, std::string_view content) {
    auto size = big_endian(content.size(), 4);
    std::reverse(size.begin(), size.end());
    return std::string(kind) + size + std::string(content) + (content.size() % 2 ? "\0"s : ""s);
}

std::optional<std::string> bare_webp(std::string_view bytes) {
    constexpr std::array needed{"VP8 "sv, "VP8L"sv, "ALPH"sv, "ANIM"sv, "ANMF"sv, "ICCP"sv};
    constexpr unsigned char says_exif = 0x08, says_xmp = 0x04;
    const auto whole_size = little_endian(bytes, 4, 4);
    if (whole_size > bytes.size() - 8) return {};
    const auto inside = bytes.substr(0, whole_size + 8);
    std::string features, chunks;
    int orientation = 1;
    for (std::size_t at = 12; at + 8 <= inside.size();) {
        const auto kind = inside.substr(at, 4);
        const auto length = little_endian(inside, at + 4, 4);
        if (length > inside.size() - at - 8) return {};
        const auto content = inside.substr(at + 8, length);
        if (kind == "VP8X") {
            if (content.size() < 10) return {};
            features = content;
        } else if (kind == "EXIF") {
            const bool headed = content.starts_with(exif_head);
            orientation = orientation_of(content.substr(headed ? exif_head.size() : 0));
        } else if (std::find(needed.begin(), needed.end(), kind) != needed.end()) {
            chunks += riff_chunk(kind, content);
        }
        at += 8 + length + length % 2;
    }
    if (chunks.empty()) return {};
    if (!features.empty()) {
        auto flags = static_cast<unsigned char>(features[0]);
        flags = static_cast<unsigned char>(flags & ~(says_exif | says_xmp));
        if (orientation > 1) flags = static_cast<unsigned char>(flags | says_exif);
        features[0] = static_cast<char>(flags);
        chunks = riff_chunk("VP8X", features) + chunks;
        if (orientation > 1) chunks += riff_chunk("EXIF", tiff_of(orientation));
    }
    return riff_chunk("RIFF", "WEBP" + chunks);
}

}  // namespace

// TIFF 6.0: byte order, 42, where the first directory is; entries of twelve bytes.
int orientation_of(std::string_view tiff) {
    if (tiff.size() < 8) return 1;
    const bool big = tiff.starts_with("MM");
    if (!big && !tiff.starts_with("II")) return 1;
    const auto number = [&](std::size_t at, std::size_t size) {
        return big ? big_endian(tiff, at, size) : little_endian(tiff, at, size);
    };
    const auto directory = number(4, 4);
    if (directory > tiff.size() - 2) return 1;
    const auto count = number(directory, 2);
    for (std::size_t i = 0; i < count; ++i) {
        const auto entry = directory + 2 + i * 12;
        if (entry + 12 > tiff.size()) return 1;
        if (number(entry, 2) != 0x0112 || number(entry + 2, 2) != 3) continue;
        const auto value = number(entry + 8, 2);
        return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
    }
    return 1;
}

std::string tiff_of(int orientation) {
    return std::string("MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01"sv) +
           big_endian(static_cast<std::uint64_t>(orientation), 2) + std::string(6, '\0');
}

std::optional<std::string> bare_picture(std::string_view type, std::string_view bytes) {
    if (type == "image/jpeg") return bare_jpeg(bytes);
    if (type == "image/png") return bare_png(bytes);
    if (type == "image/webp") return bare_webp(bytes);
    if (type == "image/heic") return bare_heif(bytes);
    return std::string(bytes);
}

}  // namespace jinqiao::adapters::http
