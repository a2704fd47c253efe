// Pictures lose what tells where they were taken, and nothing a viewer needs.
#include "adapters/http/bare_picture.h"

#include <gtest/gtest.h>

#include "tests/support/pictures.h"

namespace jinqiao::tests {
namespace {

using namespace std::string_literals;
using adapters::http::bare_picture;
using adapters::http::orientation_of;

const std::string place = "31-14-GPS-PLACE";
const std::string exif_head = "Exif\0\0"s;
const std::string xmp = "<x:xmpmeta exif:GPSLatitude='31,14N'/>";

std::string bare(const std::string& type, const std::string& bytes) {
    return bare_picture(type, bytes).value_or("refused");
}

bool tells(const std::string& bytes) {
    return bytes.find("GPS") != std::string::npos || bytes.find("xmp") != std::string::npos;
}

TEST(BarePicture, JpegLosesPlaceAndKeepsWhichWayIsUp) {
    const auto more = jpeg_segment(0xE1, exif_head + exif_with_place()) +
                      jpeg_segment(0xE1, "http://ns.adobe.com/xap/1.0/\0"s + xmp) +
                      jpeg_segment(0xE2, "ICC_PROFILE\0colours"s) +
                      jpeg_segment(0xED, "Photoshop 3.0\0GPS"s) + jpeg_segment(0xFE, "GPS comment");
    const auto out = bare("image/jpeg", jpeg(more));
    EXPECT_FALSE(tells(out));
    EXPECT_NE(out.find("ICC_PROFILE"), std::string::npos);
    const auto at = out.find(exif_head);
    ASSERT_NE(at, std::string::npos);
    EXPECT_EQ(orientation_of(std::string_view(out).substr(at + exif_head.size())), 6);
    EXPECT_NE(out.find(std::string(5000, 'p') + "\xFF\0\xFF\xD0"s), std::string::npos);
    EXPECT_EQ(bare("image/jpeg", out), out) << "once is enough";
}

TEST(BarePicture, WhatFollowsThePictureGoes) {
    const auto film = "MotionPhoto_Data" + place;
    const auto second = jpeg(jpeg_segment(0xE1, exif_head + exif_with_place()));
    EXPECT_EQ(bare("image/jpeg", jpeg({}, film)), jpeg());
    EXPECT_EQ(bare("image/jpeg", jpeg(jpeg_segment(0xE2, "MPF\0"s), second)), jpeg());
    EXPECT_EQ(bare("image/png", png() + film), png());
    EXPECT_EQ(bare("image/webp", webp(0, "") + film), webp(0, ""));
}

TEST(BarePicture, WhatHasNothingBesideItStaysByteForByte) {
    EXPECT_EQ(bare("image/jpeg", jpeg()), jpeg());
    EXPECT_EQ(bare("image/png", png(png_chunk("gAMA", "abcd"))), png(png_chunk("gAMA", "abcd")));
    EXPECT_EQ(bare("image/webp", webp(0, "")), webp(0, ""));
    EXPECT_EQ(bare("application/pdf", "%PDF-1.7 GPS"), "%PDF-1.7 GPS");
}

TEST(BarePicture, PngLosesEveryText) {
    for (const std::string kind : {"tEXt", "zTXt", "iTXt", "tIME", "prVt"}) {
        const auto out = bare("image/png", png(png_chunk(kind, "GPS xmp")));
        EXPECT_EQ(out, png()) << kind;
    }
    const auto out = bare("image/png", png(png_chunk("eXIf", exif_with_place())));
    EXPECT_FALSE(tells(out));
    const auto at = out.find("eXIf");
    ASSERT_NE(at, std::string::npos);
    EXPECT_EQ(orientation_of(std::string_view(out).substr(at + 4)), 6);
    EXPECT_EQ(bare("image/png", out), out);
}

TEST(BarePicture, WebpLosesItsChunksAndSaysSo) {
    const auto out =
        bare("image/webp", webp(0x0C, webp_chunk("EXIF", exif_with_place()) +
                                          webp_chunk("XMP ", xmp) + webp_chunk("junk", place)));
    EXPECT_FALSE(tells(out));
    EXPECT_EQ(out.substr(0, 4), "RIFF");
    EXPECT_EQ(static_cast<unsigned char>(out[20]), 0x08) << "EXIF still, XMP no more";
    const auto at = out.find("EXIF");
    ASSERT_NE(at, std::string::npos);
    EXPECT_EQ(orientation_of(std::string_view(out).substr(at + 8)), 6);
    EXPECT_EQ(bare("image/webp", out), out);
    EXPECT_EQ(bare("image/webp", webp(0x04, webp_chunk("XMP ", xmp))), webp(0, ""));
}

TEST(BarePicture, HeicIsOverwrittenInPlace) {
    const auto whole = heic(big_endian(0, 4) + exif_with_place(), xmp, place);
    const auto out = bare("image/heic", whole);
    EXPECT_FALSE(tells(out));
    EXPECT_EQ(out.size(), whole.size());
    EXPECT_NE(out.find(std::string(40, 'P')), std::string::npos);
    EXPECT_EQ(out.find("mpvd"), std::string::npos);
    EXPECT_EQ(bare("image/heic", out), out);
}

TEST(BarePicture, WhatCannotBeReadIsRefused) {
    const auto whole = heic(big_endian(0, 4) + exif_with_place(), xmp);
    EXPECT_FALSE(bare_picture("image/heic", whole.substr(0, 60)));
    EXPECT_FALSE(bare_picture("image/heic", whole.substr(0, whole.size() - 3)));
    EXPECT_FALSE(bare_picture("image/jpeg", "\xFF\xD8\xFF\xE0\0\x10JFIF and nothing more"s));
    EXPECT_FALSE(bare_picture("image/jpeg", "\xFF\xD8\xFF\xE1\xFF\xFF"s + exif_head));
    EXPECT_FALSE(bare_picture("image/png", png().substr(0, 60)));
    EXPECT_FALSE(bare_picture("image/webp", webp(0, "").substr(0, 40)));
}

// A few bytes that ask for the same work again and again. Done as they ask, each of these takes
// minutes to hours.
TEST(BarePicture, HeicAsksForNoMoreWorkThanItHasBytes) {
    constexpr std::size_t room = 4 << 20;
    const auto located = [&](std::uint64_t sizes, std::uint64_t items, const std::string& rest) {
        return heic_located(big_endian(0, 4) + big_endian(sizes, 2) + big_endian(items, 2) + rest,
                            room);
    };
    const auto item = [](std::uint64_t extents) {
        return big_endian(1, 2) + big_endian(0, 2) + big_endian(extents, 2);
    };
    const auto extent = big_endian(200, 4) + big_endian(room / 2, 4);
    EXPECT_TRUE(bare_picture("image/heic", located(0x4400, 1, item(1) + extent)));
    EXPECT_TRUE(bare_picture("image/heic", located(0x4400, 1, item(2) + extent + extent)));
    EXPECT_FALSE(bare_picture("image/heic", located(0x4400, 1, item(3) + extent + extent + extent)))
        << "more bytes than there are";
    std::string many;
    for (int i = 0; i < 60'000; ++i) many += extent;
    EXPECT_FALSE(bare_picture("image/heic", located(0x4400, 1, item(60'000) + many)));
    std::string small;
    for (int i = 0; i < 60'000; ++i) small += big_endian(200, 4) + big_endian(1, 4);
    EXPECT_FALSE(bare_picture("image/heic", located(0x4400, 1, item(60'000) + small)))
        << "more stretches than any camera makes";
    // Extents that take no bytes, of the item that is meant and of another.
    for (const auto id : {1U, 2U}) {
        std::string items;
        for (int i = 0; i < 60'000; ++i)
            items += big_endian(id, 2) + big_endian(0, 2) + big_endian(65'535, 2);
        EXPECT_FALSE(bare_picture("image/heic", located(0, 60'000, items)));
    }
}

// Every beginning of a sound file, and every byte of it turned into another, ends: in a picture or
// in a refusal. The sanitizers look on.
TEST(BarePicture, NoBytesLeadAstray) {
    const auto small = [](std::string one) {
        const auto at = one.find(std::string(4000, 'p'));
        if (at != std::string::npos) one.erase(at, 4900);
        return one;
    };
    const std::pair<std::string, std::string> all[] = {
        {"image/jpeg", small(jpeg(jpeg_segment(0xE1, exif_head + exif_with_place())))},
        {"image/png", png(png_chunk("eXIf", exif_with_place()))},
        {"image/webp", webp(0x0C, webp_chunk("EXIF", exif_with_place()))},
        {"image/heic", heic(big_endian(0, 4) + exif_with_place(), xmp, place)}};
    std::size_t read = 0;
    for (const auto& [type, whole] : all)
        for (std::size_t at = 12; at < whole.size(); ++at) {
            read += bare_picture(type, whole.substr(0, at)) ? 1 : 0;
            for (const char byte : {'\0', '\x7F', '\xFF'}) {
                auto turned = whole;
                turned[at] = byte;
                read += bare_picture(type, turned) ? 1 : 0;
            }
        }
    EXPECT_GT(read, 100U);
    for (std::size_t size = 0; size < 40; ++size)
        EXPECT_LE(orientation_of(exif_with_place().substr(0, size)), 8);
}

}  // namespace
}  // namespace jinqiao::tests
