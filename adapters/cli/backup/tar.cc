#include "adapters/cli/backup/tar.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <optional>

namespace jinqiao::adapters::cli::backup {
namespace {

using engine::model::Done;
using engine::model::Error;
using engine::model::ErrorCode;
using engine::model::Result;
using engine::model::Status;

constexpr std::size_t block = 512;
constexpr std::uint64_t most_octal = 077777777777;  // eleven digits: 8 GiB less one byte

// The header as POSIX lays it out; every field is text.
struct Header {
    std::array<char, 100> name;
    std::array<char, 8> mode, uid, gid;
    std::array<char, 12> size, mtime;
    std::array<char, 8> sum;
    char kind;
    std::array<char, 100> link;
    std::array<char, 6> magic;
    std::array<char, 2> version;
    std::array<char, 32> user, group;
    std::array<char, 8> major, minor;
    std::array<char, 155> prefix;
    std::array<char, 12> rest;
};
static_assert(sizeof(Header) == block);

template <std::size_t N>
void put_octal(std::array<char, N>& field, std::uint64_t value) {
    for (std::size_t i = N - 1; i-- > 0; value /= 8) field[i] = static_cast<char>('0' + value % 8);
    field[N - 1] = '\0';
}

// Beyond eight GiB the size is binary, marked by the first bit, as GNU tar writes and reads it.
void put_size(std::array<char, 12>& field, std::uint64_t value) {
    if (value <= most_octal) return put_octal(field, value);
    field.fill('\0');
    field[0] = static_cast<char>(0x80);
    for (std::size_t i = field.size(); i-- > 4; value >>= 8U)
        field[i] = static_cast<char>(value & 0xFFU);
}

template <std::size_t N>
std::optional<std::uint64_t> number(const std::array<char, N>& field) {
    std::uint64_t value = 0;
    if ((static_cast<unsigned char>(field[0]) & 0x80U) != 0) {
        for (std::size_t i = N - 8; i < N; ++i)
            value = (value << 8U) | static_cast<unsigned char>(field[i]);
        return value;
    }
    std::size_t i = 0;
    while (i < N && field[i] == ' ') ++i;
    for (; i < N && field[i] >= '0' && field[i] <= '7'; ++i)
        value = value * 8 + static_cast<std::uint64_t>(field[i] - '0');
    if (i < N && field[i] != '\0' && field[i] != ' ') return std::nullopt;
    return value;
}

template <std::size_t N>
std::string text(const std::array<char, N>& field) {
    return {field.data(), strnlen(field.data(), N)};
}

// All bytes, those of the sum itself counted as blanks.
std::uint64_t sum_of(Header header) {
    header.sum.fill(' ');
    std::array<unsigned char, block> bytes{};
    std::memcpy(bytes.data(), &header, block);
    std::uint64_t sum = 0;
    for (const unsigned char byte : bytes) sum += byte;
    return sum;
}

std::uint64_t padding(std::uint64_t bytes) { return (block - bytes % block) % block; }

Error damaged(const std::string& what, const std::filesystem::path& input) {
    return {ErrorCode::corrupt, what, input.string()};
}

bool all_zero(std::string_view bytes) { return bytes.find_first_not_of('\0') == bytes.npos; }

// Exactly so many bytes, for headers and padding.
Result<std::string> exactly(File& in, std::uint64_t bytes) {
    std::string result;
    while (result.size() < bytes) {
        const auto got = in.read(bytes - result.size());
        if (!got) return got.error();
        if (got->empty()) break;
        result += *got;
    }
    return result;
}

// A relative name that stays below where it is put.
bool stays_inside(const std::string& name) {
    const std::filesystem::path path(name);
    return !name.empty() && path.is_relative() &&
           std::none_of(path.begin(), path.end(), [](const auto& step) { return step == ".."; });
}

std::string name_of(const Header& header) {
    std::string name = text(header.name);
    const bool posix = std::string_view(header.magic.data(), 6) == std::string_view("ustar\0", 6);
    if (posix && header.prefix[0] != '\0') name = text(header.prefix) + "/" + name;
    if (name.starts_with("./")) name.erase(0, 2);
    return name;
}

// What is left after the last part: only zeros, and two blocks of them at least.
Status read_end(File& in, const std::filesystem::path& input) {
    std::uint64_t bytes = block;
    for (;;) {
        const auto rest = in.read(block);
        if (!rest) return rest.error();
        if (rest->empty()) break;
        if (!all_zero(*rest)) return damaged("there is something behind its end", input);
        bytes += rest->size();
    }
    if (bytes < 2 * block || bytes % block != 0) return damaged("the file is cut off", input);
    return Done{};
}

Status read_body(File& in, const std::string& name, std::uint64_t size,
                 const std::filesystem::path& input, const TakePart& take) {
    PartBytes bytes(in, size);
    if (auto taken = take(name, bytes); !taken)
        return taken.error().where.empty()
                   ? Error{taken.error().code, taken.error().what, input.string()}
                   : taken.error();
    const auto filled = exactly(in, padding(size));
    if (!filled) return filled.error();
    if (filled->size() < padding(size)) return damaged("the file is cut off", input);
    if (!all_zero(*filled)) return damaged("a byte was changed", input);
    return Done{};
}

Status read_tar(const std::filesystem::path& input, const TakePart& take) {
    auto in = File::open(input);
    if (!in) return in.error();
    for (;;) {
        const auto bytes = exactly(*in, block);
        if (!bytes) return bytes.error();
        if (bytes->size() < block) return damaged("the file is cut off", input);
        if (all_zero(*bytes)) return read_end(*in, input);
        Header header{};
        std::memcpy(&header, bytes->data(), block);
        const auto size = number(header.size);
        if (!size || number(header.sum) != sum_of(header))
            return damaged("this is no backup, or a byte was changed", input);
        const std::string name = name_of(header);
        if (header.kind == '5') continue;  // a folder
        if ((header.kind != '0' && header.kind != '\0') || !stays_inside(name))
            return damaged("it holds what no backup holds: " + name, input);
        if (auto read = read_body(*in, name, *size, input, take); !read) return read;
    }
}

Status read_folder(const std::filesystem::path& input, const TakePart& take) {
    std::error_code failed;
    std::filesystem::recursive_directory_iterator at(input, failed);
    for (; !failed && at != std::filesystem::recursive_directory_iterator(); at.increment(failed)) {
        const auto& entry = *at;
        if (entry.is_directory() && !entry.is_symlink()) continue;
        const std::string name = entry.path().lexically_relative(input).generic_string();
        if (entry.is_symlink() || !entry.is_regular_file())
            return damaged("it holds what no backup holds: " + name, input);
        auto in = File::open(entry.path());
        if (!in) return in.error();
        const auto size = in->size();
        if (!size) return size.error();
        PartBytes bytes(*in, *size);
        if (auto taken = take(name, bytes); !taken) return taken;
    }
    if (failed) return Error{ErrorCode::unavailable, failed.message(), input.string()};
    return Done{};
}

}  // namespace

Result<std::string_view> PartBytes::next() {
    if (left_ == 0) return std::string_view{};
    const auto got = in_.read(left_);
    if (!got) return got.error();
    if (got->empty()) return Error{ErrorCode::corrupt, "the file is cut off", ""};
    left_ -= got->size();
    return got;
}

Status TarWriter::head(const std::string& name, std::uint64_t bytes) {
    Header header{};
    std::string last = name, first;
    if (last.size() > header.name.size()) {
        const auto slash = name.rfind('/', header.prefix.size());
        if (slash == name.npos || name.size() - slash - 1 > header.name.size())
            return Error{ErrorCode::invalid, "the name is too long for a backup", name};
        first = name.substr(0, slash);
        last = name.substr(slash + 1);
    }
    std::memcpy(header.name.data(), last.data(), last.size());
    std::memcpy(header.prefix.data(), first.data(), first.size());
    put_octal(header.mode, 0600);
    put_octal(header.uid, 0);
    put_octal(header.gid, 0);
    put_size(header.size, bytes);
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    put_octal(header.mtime, static_cast<std::uint64_t>(
                                std::chrono::duration_cast<std::chrono::seconds>(now).count()));
    header.kind = '0';
    std::memcpy(header.magic.data(), "ustar", 6);
    header.version.fill('0');
    put_octal(header.sum, sum_of(header));
    return out_.write({reinterpret_cast<const char*>(&header), block});
}

Status TarWriter::fill(std::uint64_t bytes) {
    return out_.write(std::string(static_cast<std::size_t>(bytes), '\0'));
}

Result<Part> TarWriter::add(const std::string& name, const std::filesystem::path& file) {
    auto in = File::open(file);
    if (!in) return in.error();
    const auto size = in->size();
    if (!size) return size.error();
    if (auto begun = head(name, *size); !begun) return begun.error();
    PartBytes bytes(*in, *size);
    Sum sum;
    for (;;) {
        const auto piece = bytes.next();
        if (!piece) return piece.error();
        if (piece->empty()) break;
        sum.add(*piece);
        if (auto put = out_.write(*piece); !put) return put.error();
        written_ += piece->size();
        if (going_ && !going_(written_)) return Error{ErrorCode::conflict, "stopped", ""};
    }
    if (auto filled = fill(padding(*size)); !filled) return filled.error();
    return Part{name, *size, sum.hex()};
}

Result<Part> TarWriter::add_text(const std::string& name, std::string_view text) {
    if (auto begun = head(name, text.size()); !begun) return begun.error();
    if (auto put = out_.write(text); !put) return put.error();
    if (auto filled = fill(padding(text.size())); !filled) return filled.error();
    Sum sum;
    sum.add(text);
    return Part{name, text.size(), sum.hex()};
}

Status TarWriter::end() {
    if (auto filled = fill(2 * block); !filled) return filled;
    return out_.sync();
}

Status each_part(const std::filesystem::path& input, const TakePart& take) {
    std::error_code failed;
    return std::filesystem::is_directory(input, failed) ? read_folder(input, take)
                                                        : read_tar(input, take);
}

}  // namespace jinqiao::adapters::cli::backup
