#include "engine/model/media_type.h"

#include <gtest/gtest.h>

namespace jinqiao::engine::model {
namespace {

using namespace std::string_literals;

const std::string office = "application/vnd.openxmlformats-officedocument.";

std::string told(const std::string& bytes) {
    const auto* type = media_type_of(bytes);
    return type == nullptr ? "none" : std::string(type->name);
}

TEST(MediaType, IsToldByTheBytes) {
    EXPECT_EQ(told("%PDF-1.7\n%\xE2\xE3\xCF"), "application/pdf");
    EXPECT_EQ(told("\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01"s), "image/jpeg");
    EXPECT_EQ(told("\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR"s), "image/png");
    EXPECT_EQ(told("RIFF\x10\0\0\0WEBPVP8 "s), "image/webp");
    EXPECT_EQ(told("\0\0\0\x18"
                   "ftypheic\0\0\0\0"s),
              "image/heic");
    EXPECT_EQ(told("PK\x03\x04....[Content_Types].xml..word/document.xml.."),
              office + "wordprocessingml.document");
    EXPECT_EQ(told("PK\x03\x04....[Content_Types].xml..xl/workbook.xml.."),
              office + "spreadsheetml.sheet");
    EXPECT_EQ(told("PK\x03\x04....OFD.xml.....Doc_0/Document.xml"), "application/ofd");
}

TEST(MediaType, OfAnythingElseThereIsNone) {
    for (const auto& bytes : {""s, "%PDF-"s, "MZ\x90\0\x03\0\0\0\x04\0\0\0\xFF\xFF"s,
                              "<html><script>alert(1)</script>"s, "#!/bin/sh\nrm -rf /"s,
                              "PK\x03\x04....AndroidManifest.xml......"s, " %PDF-1.7 not at first"s,
                              "RIFF\x10\0\0\0WAVEfmt "s,
                              "\0\0\0\x18"
                              "ftypisom\0\0\0\0"s,
                              "<svg xmlns='http://www.w3.org/2000/svg'/>"s})
        EXPECT_EQ(told(bytes), "none") << bytes;
}

TEST(MediaType, EachIsFoundByItsName) {
    for (const auto& type : media_types()) EXPECT_EQ(find_media_type(type.name), &type);
    EXPECT_EQ(find_media_type("text/html"), nullptr);
}

}  // namespace
}  // namespace jinqiao::engine::model
