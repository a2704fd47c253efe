#include "adapters/http/disposition.h"

#include <gtest/gtest.h>

namespace jinqiao::adapters::http {
namespace {

using Name = std::optional<std::string>;

TEST(Disposition, NameInUtf8GoesBeforeThePlainOne) {
    EXPECT_EQ(file_name_of("attachment; filename=\"a b.pdf\""), Name("a b.pdf"));
    EXPECT_EQ(file_name_of("attachment; filename=a.pdf"), Name("a.pdf"));
    EXPECT_EQ(
        file_name_of("attachment;filename=\"x.pdf\"; filename*=utf-8''%E5%B7%A5%e8%b5%84.pdf"),
        Name("工资.pdf"));
    EXPECT_EQ(file_name_of("inline; FileName*=UTF-8'zh'a%20b.pdf ; filename=c"), Name("a b.pdf"));
    EXPECT_EQ(file_name_of(R"(attachment; filename="a \"quoted\" ; name.pdf")"),
              Name(R"(a "quoted" ; name.pdf)"));
    EXPECT_EQ(file_name_of("attachment"), Name(""));
    EXPECT_EQ(file_name_of(""), Name(""));
    EXPECT_EQ(file_name_of("attachment; "), Name(""));
}

TEST(Disposition, MalformedOnesHaveNoName) {
    for (const auto* field :
         {"attachment; filename", "attachment; filename=\"a.pdf", "attachment; filename=\"a\" b",
          "attachment; filename*=a.pdf", "attachment; filename*=gbk''%B9%A4",
          "attachment; filename*=UTF-8''%E5%B7%A"})
        EXPECT_EQ(file_name_of(field), Name()) << field;
}

TEST(FileName, IsTheLastPartWithoutWhatNobodySees) {
    EXPECT_EQ(tidy_file_name("../../etc/工资表.pdf", ".pdf"), Name("工资表.pdf"));
    EXPECT_EQ(tidy_file_name("C:\\Users\\x\\scan.PDF", ".pdf"), Name("scan.PDF"));
    EXPECT_EQ(tidy_file_name("a\r\nX-Evil: 1.pdf", ".pdf"), Name("aX-Evil: 1.pdf"));
    EXPECT_EQ(tidy_file_name("\u202Efdp.exe", ".pdf"), Name("fdp.exe.pdf"));
    EXPECT_EQ(tidy_file_name(std::string("a\0b.pdf", 7), ".pdf"), Name("ab.pdf"));
    EXPECT_EQ(tidy_file_name(" ..", ".pdf"), Name("file.pdf"));
    EXPECT_EQ(tidy_file_name("", ".jpg"), Name("file.jpg"));
    EXPECT_EQ(tidy_file_name("IMG_1.JPEG", ".jpg"), Name("IMG_1.JPEG"));
    EXPECT_EQ(tidy_file_name("agreement.exe", ".pdf"), Name("agreement.exe.pdf"));
    EXPECT_EQ(tidy_file_name("\xB9\xA4.pdf", ".pdf"), Name());
    EXPECT_EQ(tidy_file_name("\xED\xA0\x80.pdf", ".pdf"), Name());
    std::string longer;
    for (int i = 0; i < 200; ++i) longer += "长";
    EXPECT_EQ(tidy_file_name(longer, ".pdf")->size(), 150 * 3 + 4U);
}

TEST(FileName, IsSentSoThatNothingOfItBreaksOut) {
    EXPECT_EQ(attachment("scan 1.pdf"),
              "attachment; filename=\"scan 1.pdf\"; filename*=UTF-8''scan%201.pdf");
    EXPECT_EQ(attachment("工资\".pdf"),
              "attachment; filename=\"___.pdf\"; filename*=UTF-8''%E5%B7%A5%E8%B5%84%22.pdf");
    EXPECT_EQ(file_name_of(attachment("工资\"; 表.pdf")), Name("工资\"; 表.pdf"));
}

}  // namespace
}  // namespace jinqiao::adapters::http
