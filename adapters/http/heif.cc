// HEIC (ISO/IEC 14496-12 and 23008-12): boxes within boxes. A picture is a set of items; what kind
// each is stands in iinf, where its bytes lie in iloc. Items of EXIF and XMP are overwritten where
// they lie; which way is up is a property of the picture (irot, imir) and stays.
#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include "adapters/http/bare_picture.h"
#include "adapters/http/big_endian.h"

namespace jinqiao::adapters::http {

namespace {

using namespace std::literals;

// Of a kind, in one box; also of stretches that one file has overwritten.
constexpr std::size_t most_boxes = 10'000;

struct Box {
    std::string_view kind;
    std::size_t at = 0;    // of its head
    std::size_t body = 0;  // of its content
    std::size_t end = 0;
};

// The boxes one after another from `at`; none where they are no boxes.
std::optional<std::vector<Box>> boxes(std::string_view bytes, std::size_t at, std::size_t end) {
    std::vector<Box> out;
    while (at < end) {
        if (end - at < 8 || out.size() >= most_boxes) return {};
        auto size = big_endian(bytes, at, 4);
        std::size_t head = 8;
        if (size == 1) {
            if (end - at < 16) return {};
            size = big_endian(bytes, at + 8, 8);
            head = 16;
        } else if (size == 0) {
            size = end - at;
        }
        if (size < head || size > end - at) return {};
        out.push_back({bytes.substr(at + 4, 4), at, at + head, at + size});
        at += size;
    }
    return out;
}

const Box* find(const std::vector<Box>& all, std::string_view kind) {
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Box& box) { return box.kind == kind; });
    return found == all.end() ? nullptr : &*found;
}

// Reads numbers one after another; past the end it reads noughts and says so.
class Numbers {
  public:
    Numbers(std::string_view bytes, std::size_t at, std::size_t end)
        : bytes_(bytes), at_(at), end_(end) {}
    std::uint64_t next(std::size_t size) {
        if (size > end_ - at_) {
            good_ = false;
            return 0;
        }
        const auto value = big_endian(bytes_, at_, size);
        at_ += size;
        return value;
    }
    bool good() const { return good_; }
    std::size_t at() const { return at_; }

  private:
    std::string_view bytes_;
    std::size_t at_, end_;
    bool good_ = true;
};

bool is_beside_the_picture(std::string_view kind) {
    return kind == "Exif" || kind == "mime" || kind == "uri ";
}

// The items that are to be overwritten.
std::optional<std::set<std::uint64_t>> unwanted(std::string_view bytes, const Box& iinf) {
    Numbers head(bytes, iinf.body, iinf.end);
    const auto version = head.next(4) >> 24;
    head.next(version == 0 ? 2 : 4);
    const auto entries = head.good() ? boxes(bytes, head.at(), iinf.end) : std::nullopt;
    if (!entries) return {};
    std::set<std::uint64_t> out;
    for (const auto& entry : *entries) {
        Numbers in(bytes, entry.body, entry.end);
        const auto infe = in.next(4) >> 24;
        if (entry.kind != "infe" || infe < 2) return {};
        const auto id = in.next(infe == 2 ? 2 : 4);
        in.next(2);
        if (!in.good() || entry.end - in.at() < 4) return {};
        if (is_beside_the_picture(bytes.substr(in.at(), 4))) out.insert(id);
    }
    return out;
}

struct Stretch {
    std::size_t at, size;
    bool first;  // of its item
};

// Where the bytes of these items lie; none where it cannot be told, or lies elsewhere. A file says
// in a few bytes that much is to be done: never more is than there are bytes in it.
std::optional<std::vector<Stretch>> stretches(std::string_view bytes, const Box& iloc,
                                              const Box* idat,
                                              const std::set<std::uint64_t>& items) {
    Numbers in(bytes, iloc.body, iloc.end);
    const auto version = in.next(4) >> 24;
    if (version > 2) return {};
    const auto sizes = in.next(2);
    const std::size_t offset_size = sizes >> 12, length_size = sizes >> 8 & 15,
                      base_size = sizes >> 4 & 15, index_size = version == 0 ? 0 : sizes & 15;
    for (const auto size : {offset_size, length_size, base_size, index_size})
        if (size != 0 && size != 4 && size != 8) return {};
    std::vector<Stretch> out;
    std::uint64_t room_left = bytes.size();  // each byte belongs to one item at most
    auto left = in.next(version < 2 ? 2 : 4);
    for (; left > 0 && in.good(); --left) {
        const auto id = in.next(version < 2 ? 2 : 4);
        const auto method = version == 0 ? 0 : in.next(2) & 15;
        const auto elsewhere = in.next(2);
        const auto base = in.next(base_size);
        auto extents = in.next(2);
        const bool meant = items.contains(id);
        if (meant && (elsewhere != 0 || method > 1 || (method == 1 && idat == nullptr))) return {};
        if (extents > 1 && offset_size + length_size + index_size == 0) return {};
        for (bool first = true; extents > 0 && in.good(); --extents, first = false) {
            in.next(index_size);
            const auto offset = in.next(offset_size);
            const auto length = in.next(length_size);
            if (!meant) continue;
            const std::uint64_t from = method == 1 ? idat->body : 0;
            const std::uint64_t end = method == 1 ? idat->end : bytes.size();
            const auto room = end - from;
            if (base > room || offset > room - base || length > room - base - offset) return {};
            // Of no length: to the end, which would be the picture as well.
            if (length == 0 || length > room_left || out.size() >= most_boxes) return {};
            room_left -= length;
            out.push_back({from + base + offset, length, first});
        }
    }
    if (!in.good()) return {};
    return out;
}

// EXIF that says nothing, behind the offset it begins with.
constexpr auto nothing = "\0\0\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"sv;

}  // namespace

std::optional<std::string> bare_heif(std::string_view bytes) {
    const auto all = boxes(bytes, 0, bytes.size());
    const Box* meta = all ? find(*all, "meta") : nullptr;
    if (meta == nullptr || meta->end - meta->body < 4) return {};
    const auto inner = boxes(bytes, meta->body + 4, meta->end);
    const Box* iinf = inner ? find(*inner, "iinf") : nullptr;
    const Box* iloc = inner ? find(*inner, "iloc") : nullptr;
    if (iinf == nullptr || iloc == nullptr) return {};
    const auto items = unwanted(bytes, *iinf);
    if (!items) return {};
    const auto where = stretches(bytes, *iloc, find(*inner, "idat"), *items);
    if (!where) return {};
    std::string out(bytes);
    for (const auto& stretch : *where) {
        const auto from = out.begin() + static_cast<std::ptrdiff_t>(stretch.at);
        std::fill_n(from, stretch.size, '\0');
        if (stretch.first)
            std::copy_n(nothing.begin(), std::min(stretch.size, nothing.size()), from);
    }
    // Films and whatever programs add of their own: room that means nothing, so that nothing moves.
    constexpr std::array needed{"ftyp"sv, "meta"sv, "mdat"sv, "free"sv, "skip"sv, "pdin"sv};
    for (const auto& box : *all) {
        if (std::find(needed.begin(), needed.end(), box.kind) != needed.end()) continue;
        out.replace(box.at + 4, 4, "free");
        std::fill(out.begin() + static_cast<std::ptrdiff_t>(box.body),
                  out.begin() + static_cast<std::ptrdiff_t>(box.end), '\0');
    }
    return out;
}

}  // namespace jinqiao::adapters::http
