#include "adapters/store/sqlite/reader_pool.h"

#include <utility>

namespace jinqiao::adapters::store::sqlite {

namespace {

constexpr std::size_t most_idle = 8;

}  // namespace

ReaderPool::ReaderPool(std::filesystem::path file, const SqliteOptions& options)
    : file_(std::move(file)), options_(options) {}

std::unique_ptr<Connection> ReaderPool::take() {
    {
        const std::lock_guard lock(mutex_);
        if (!idle_.empty()) {
            auto connection = std::move(idle_.back());
            idle_.pop_back();
            return connection;
        }
    }
    return std::make_unique<Connection>(file_, Connection::Mode::read,
                                        static_cast<int>(options_.reader_patience.count()),
                                        options_.reader_cache_kib);
}

void ReaderPool::give_back(std::unique_ptr<Connection> connection) {
    const std::lock_guard lock(mutex_);
    if (!closed_ && idle_.size() < most_idle) idle_.push_back(std::move(connection));
}

void ReaderPool::close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    idle_.clear();
}

}  // namespace jinqiao::adapters::store::sqlite
