#include "adapters/console/site.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <system_error>

#include "adapters/console/gzip.h"
#include "engine/runtime/digest.h"

namespace jinqiao::adapters::console {

namespace fs = std::filesystem;
using engine::model::Done;
using engine::model::Error;
using engine::model::ErrorCode;
using engine::model::Result;
using engine::model::Status;

namespace {

// A console is a few hundred files and a few megabytes; more is the wrong folder.
constexpr std::size_t most_files = 2'000;
constexpr std::size_t most_bytes = std::size_t{64} << 20;
constexpr std::string_view lasting = "assets/";
constexpr std::string_view front = "index.html";

struct Type {
    std::string_view ending, name;
    bool text;  // worth compressing
};

constexpr std::array types = {
    Type{".html", "text/html; charset=utf-8", true},
    Type{".js", "text/javascript; charset=utf-8", true},
    Type{".mjs", "text/javascript; charset=utf-8", true},
    Type{".css", "text/css; charset=utf-8", true},
    Type{".json", "application/json", true},
    Type{".map", "application/json", true},
    Type{".webmanifest", "application/manifest+json", true},
    Type{".svg", "image/svg+xml", true},
    Type{".txt", "text/plain; charset=utf-8", true},
    Type{".ico", "image/vnd.microsoft.icon", true},
    Type{".wasm", "application/wasm", true},
    Type{".ttf", "font/ttf", true},
    Type{".png", "image/png", false},
    Type{".jpg", "image/jpeg", false},
    Type{".jpeg", "image/jpeg", false},
    Type{".webp", "image/webp", false},
    Type{".avif", "image/avif", false},
    Type{".woff", "font/woff", false},
    Type{".woff2", "font/woff2", false},
};

const Type* type_by_name(std::string_view name) {
    const auto found = std::find_if(types.begin(), types.end(), [&](const Type& type) {
        return name.size() > type.ending.size() && name.ends_with(type.ending);
    });
    return found == types.end() ? nullptr : &*found;
}

// Scripts and styles are files of ours and nothing else: not even a defect of the console that puts
// what somebody wrote into a page makes a browser run it.
Fields fields_for(std::string_view name) {
    const bool kept = name.starts_with(lasting);
    return {{"Cache-Control", kept ? "public, max-age=31536000, immutable" : "no-cache"},
            {"Content-Security-Policy",
             "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
             "connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; "
             "form-action 'self'; frame-ancestors 'none'"},
            {"Cross-Origin-Opener-Policy", "same-origin"},
            {"Cross-Origin-Resource-Policy", "same-origin"},
            {"Permissions-Policy",
             "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), "
             "encrypted-media=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), "
             "midi=(), payment=(), picture-in-picture=(), screen-wake-lock=(), serial=(), usb=(), "
             "xr-spatial-tracking=()"},
            {"Referrer-Policy", "no-referrer"},
            {"X-Content-Type-Options", "nosniff"}};
}

bool hidden(const fs::path& relative) {
    return std::any_of(relative.begin(), relative.end(),
                       [](const fs::path& part) { return part.string().starts_with('.'); });
}

std::string joined(const std::vector<std::string>& segments) {
    std::string out;
    for (const auto& segment : segments) {
        if (!out.empty()) out += '/';
        out += segment;
    }
    return out;
}

}  // namespace

std::string_view type_of(std::string_view name) {
    const auto* type = type_by_name(name);
    return type ? type->name : std::string_view{};
}

Result<Site> Site::load(const fs::path& folder) {
    std::error_code wrong;
    if (!fs::is_regular_file(folder / front, wrong))
        return Error{ErrorCode::not_found, "there is no web console: no index.html",
                     folder.string()};
    Site site;
    // Links are not followed, to files or folders: what they lead to was not built here.
    fs::recursive_directory_iterator at(folder, wrong), end;
    for (; !wrong && at != end; at.increment(wrong)) {
        const auto relative = at->path().lexically_relative(folder);
        if (hidden(relative) || !fs::is_regular_file(at->symlink_status(wrong))) continue;
        if (auto added = site.add(at->path(), relative.generic_string()); !added)
            return added.error();
    }
    if (wrong)
        return Error{ErrorCode::unavailable, "cannot be read: " + wrong.message(), folder.string()};
    return site;
}

Status Site::add(const fs::path& path, std::string name) {
    const auto* type = type_by_name(name);
    if (!type) return Done{};  // a licence, a note: nothing a page asks for
    std::error_code wrong;
    const auto size = fs::file_size(path, wrong);
    if (wrong || files_.size() >= most_files || size > most_bytes - std::min(most_bytes, bytes_))
        return Error{ErrorCode::invalid, "this folder holds more than a web console",
                     path.string()};
    std::ifstream in(path, std::ios::binary);
    File file;
    file.plain.assign(std::istreambuf_iterator<char>(in), {});
    if (!in || file.plain.size() != size)
        return Error{ErrorCode::unavailable, "cannot be read", path.string()};
    file.type = type->name;
    if (type->text) file.gzip = gzip(file.plain);
    if (file.gzip.size() >= file.plain.size() - file.plain.size() / 10) file.gzip.clear();
    const auto digest = engine::runtime::sha256_hex(file.plain).substr(0, 32);
    // Two encodings are two representations, and a strong tag is of one (RFC 9110, 8.8.3.3).
    file.plain_tag = '"' + digest + '"';
    file.gzip_tag = '"' + digest + "-gzip\"";
    file.fields = fields_for(name);
    bytes_ += file.plain.size() + file.gzip.size();
    files_.emplace(std::move(name), std::move(file));
    return Done{};
}

const File* Site::find(const std::vector<std::string>& segments) const {
    const auto name = joined(segments);
    if (const auto found = files_.find(name); found != files_.end()) return &found->second;
    if (name.starts_with(lasting)) return nullptr;
    return &files_.find(front)->second;
}

}  // namespace jinqiao::adapters::console
