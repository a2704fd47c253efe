#include "adapters/cli/console_pages.h"

#include <spdlog/spdlog.h>

#include <memory>
#include <system_error>

#include "adapters/console/site.h"

namespace jinqiao::adapters::cli {

std::filesystem::path console_folder(const config::Service& service) {
    if (!service.console.empty()) return service.console;
    std::error_code wrong;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", wrong);
    return wrong ? std::filesystem::path("console") : program.parent_path() / "console";
}

http::Pages console_pages(const std::filesystem::path& folder) {
    auto loaded = console::Site::load(folder);
    if (!loaded) {
        spdlog::warn("no web console: {}: {}; the interface is served alone, see console.folder",
                     loaded.error().where, loaded.error().what);
        return {};
    }
    const auto site = std::make_shared<const console::Site>(std::move(*loaded));
    spdlog::info("web console: {} files, {} KiB, from {}", site->count(), site->bytes() / 1024,
                 folder.string());
    return [site](const std::vector<std::string>& segments) -> std::optional<http::Page> {
        const auto* file = site->find(segments);
        if (!file) return std::nullopt;
        return http::Page{file->type,      file->plain,    file->gzip,
                          file->plain_tag, file->gzip_tag, file->fields};
    };
}

}  // namespace jinqiao::adapters::cli
