#include "tests/support/pictures.h"

#include <algorithm>
#include <boost/crc.hpp>

namespace jinqiao::tests {

using namespace std::string_literals;

std::string big_endian(std::uint64_t value, std::size_t size) {
    std::string out(size, '\0');
    for (auto at = size; at-- > 0; value >>= 8) out[at] = static_cast<char>(value & 0xFF);
    return out;
}

std::string exif_with_place() {
    const auto entry = [](std::uint64_t tag, std::uint64_t type, std::uint64_t count,
                          const std::string& value) {
        return big_endian(tag, 2) + big_endian(type, 2) + big_endian(count, 4) + value;
    };
    const auto first = big_endian(2, 2) + entry(0x0112, 3, 1, big_endian(6, 2) + big_endian(0, 2)) +
                       entry(0x8825, 4, 1, big_endian(38, 4)) + big_endian(0, 4);
    const auto gps = big_endian(2, 2) + entry(1, 2, 2, "N\0\0\0"s) +
                     entry(2, 5, 3, big_endian(68, 4)) + big_endian(0, 4);
    return "MM\0*"s + big_endian(8, 4) + first + gps + big_endian(31, 4) + big_endian(1, 4) +
           big_endian(14, 4) + big_endian(1, 4) + big_endian(0, 4) + big_endian(1, 4) +
           "31-14-GPS-PLACE";
}

std::string jpeg_segment(unsigned char marker, const std::string& content) {
    return "\xFF"s + static_cast<char>(marker) + big_endian(content.size() + 2, 2) + content;
}

std::string jpeg(const std::string& more, const std::string& behind) {
    return "\xFF\xD8"s + jpeg_segment(0xE0, "JFIF\0\x01\x01\0\0\x01\0\x01\0\0"s) + more +
           jpeg_segment(0xDB, std::string(65, 'q')) + jpeg_segment(0xC0, std::string(9, 'f')) +
           jpeg_segment(0xDA, "scan"s) + std::string(5000, 'p') + "\xFF\0\xFF\xD0"s + "pp" +
           "\xFF\xD9"s + behind;
}

std::string png_chunk(const std::string& kind, const std::string& content) {
    boost::crc_32_type sum;
    sum.process_bytes((kind + content).data(), kind.size() + content.size());
    return big_endian(content.size(), 4) + kind + content + big_endian(sum.checksum(), 4);
}

std::string png(const std::string& more) {
    return "\x89PNG\r\n\x1A\n"s + png_chunk("IHDR", std::string(13, 'h')) + more +
           png_chunk("IDAT", std::string(99, 'd')) + png_chunk("IEND", "");
}

std::string webp_chunk(const std::string& kind, const std::string& content) {
    auto size = big_endian(content.size(), 4);
    std::reverse(size.begin(), size.end());
    return kind + size + content + (content.size() % 2 != 0 ? "\0"s : ""s);
}

std::string webp(unsigned char flags, const std::string& more) {
    const auto head = std::string(1, static_cast<char>(flags)) + std::string(9, '\0');
    return webp_chunk("RIFF", "WEBP" + webp_chunk("VP8X", head) +
                                  webp_chunk("VP8 ", std::string(33, 'v')) + more);
}

namespace {

std::string box(const std::string& kind, const std::string& content) {
    return big_endian(content.size() + 8, 4) + kind + content;
}

std::string infe(std::uint64_t id, const std::string& type, const std::string& name) {
    return box("infe", big_endian(2, 1) + big_endian(0, 3) + big_endian(id, 2) + big_endian(0, 2) +
                           type + name + "\0"s);
}

std::string heic_ftyp() { return box("ftyp", "heic"s + big_endian(0, 4) + "mif1heic"); }

}  // namespace

std::string heic_located(const std::string& iloc, std::size_t room) {
    const auto iinf = box("iinf", big_endian(0, 4) + big_endian(1, 2) + infe(1, "Exif", ""));
    return heic_ftyp() + box("meta", big_endian(0, 4) + iinf + box("iloc", iloc)) +
           box("mdat", std::string(room, 'E'));
}

std::string heic(const std::string& exif, const std::string& xmp, const std::string& behind) {
    const auto picture = std::string(40, 'P');
    const auto ftyp = heic_ftyp();
    const auto meta_with = [&](std::uint64_t at) {
        const auto place = [](std::uint64_t id, std::uint64_t from, std::size_t size) {
            return big_endian(id, 2) + big_endian(0, 2) + big_endian(1, 2) + big_endian(from, 4) +
                   big_endian(size, 4);
        };
        const auto iloc = box("iloc", big_endian(0, 4) + big_endian(0x44, 1) + big_endian(0, 1) +
                                          big_endian(3, 2) + place(1, at, picture.size()) +
                                          place(2, at + picture.size(), exif.size()) +
                                          place(3, at + picture.size() + exif.size(), xmp.size()));
        const auto iinf =
            box("iinf", big_endian(0, 4) + big_endian(3, 2) + infe(1, "hvc1", "") +
                            infe(2, "Exif", "") + infe(3, "mime", "\0application/rdf+xml"s));
        return box("meta", big_endian(0, 4) + iinf + iloc);
    };
    const auto at = ftyp.size() + meta_with(0).size() + 8;
    return ftyp + meta_with(at) + box("mdat", picture + exif + xmp) +
           (behind.empty() ? "" : box("mpvd", behind));
}

}  // namespace jinqiao::tests
