#include "adapters/notify/file/file.h"

#include <fcntl.h>
#include <unistd.h>

#include <boost/json/serialize.hpp>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "adapters/notify/file/safe_name.h"

namespace jinqiao::adapters::notify::file {
namespace {

namespace fs = std::filesystem;
using engine::ports::Outcome;
using engine::ports::Transmission;

constexpr std::size_t most_waiting = 4096;

struct Job {
    fs::path folder;
    std::string name;  // without suffix
    std::string text;
    std::function<void(Outcome)> done;
};

Outcome failed(int error) {
    Outcome outcome;
    outcome.kind = Outcome::Kind::retry;
    const char* name = strerrorname_np(error);
    outcome.code = name != nullptr ? name : "errno " + std::to_string(error);
    outcome.detail = "the spool could not be written";
    return outcome;
}

// A descriptor that closes itself.
class Descriptor {
  public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor() {
        if (fd_ >= 0) close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return fd_; }
    bool ok() const { return fd_ >= 0; }

  private:
    int fd_;
};

int write_all(int fd, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = write(fd, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

int sync_folder(const fs::path& folder) {
    const Descriptor fd(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!fd.ok()) return errno;
    return fsync(fd.get()) == 0 ? 0 : errno;
}

// A new folder is a new entry of its parent, which must be durable too.
int make_folder(const fs::path& folder) {
    std::error_code error;
    if (fs::is_directory(folder, error)) return 0;
    if (!fs::create_directories(folder, error) && error) return error.value();
    for (fs::path parent = folder.parent_path(); !parent.empty(); parent = parent.parent_path()) {
        if (const int code = sync_folder(parent); code != 0) return code;
        if (parent == folder.parent_path().parent_path() || parent == parent.root_path()) break;
    }
    return 0;
}

int write_file(const Job& job) {
    if (const int code = make_folder(job.folder); code != 0) return code;
    const fs::path part = job.folder / ("." + job.name + ".part");
    int code = 0;
    {
        const Descriptor fd(open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640));
        if (!fd.ok()) return errno;
        code = write_all(fd.get(), job.text);
        if (code == 0 && fsync(fd.get()) != 0) code = errno;
    }
    if (code == 0 && rename(part.c_str(), (job.folder / (job.name + ".json")).c_str()) != 0)
        code = errno;
    if (code != 0) unlink(part.c_str());
    return code;
}

std::string text_of(const boost::json::object& body, std::string_view key) {
    const auto* value = body.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

}  // namespace

Options Options::read(engine::ports::Section& section, const fs::path& data) {
    return {data / section.text("folder", "spool")};
}

struct File::Impl {
    explicit Impl(Options chosen) : options(std::move(chosen)), thread([this] { run(); }) {}

    ~Impl() {
        {
            std::lock_guard lock(mutex);
            stopping = true;
        }
        wake.notify_one();
        thread.join();
    }

    void run() {
        std::unique_lock lock(mutex);
        while (true) {
            wake.wait(lock, [this] { return stopping || !waiting.empty(); });
            if (waiting.empty()) return;  // what was taken on is written before the end
            std::vector<Job> round;
            round.swap(waiting);
            lock.unlock();
            write_round(round);
            lock.lock();
        }
    }

    static void write_round(std::vector<Job>& round) {
        std::vector<int> codes;
        std::set<fs::path> folders;
        for (const Job& job : round) {
            codes.push_back(write_file(job));
            if (codes.back() == 0) folders.insert(job.folder);
        }
        std::set<fs::path> unsynced;
        int folder_code = 0;
        for (const fs::path& folder : folders) {
            const int code = sync_folder(folder);
            if (code == 0) continue;
            folder_code = code;
            unsynced.insert(folder);
        }
        for (std::size_t i = 0; i < round.size(); ++i) {
            const int code =
                codes[i] != 0 || !unsynced.contains(round[i].folder) ? codes[i] : folder_code;
            round[i].done(code == 0
                              ? Outcome{Outcome::Kind::delivered, "written", round[i].name, {}, {}}
                              : failed(code));
        }
    }

    Options options;
    std::mutex mutex;
    std::condition_variable wake;
    std::vector<Job> waiting;  // guarded by mutex
    bool stopping = false;     // guarded by mutex
    std::thread thread;        // last: it uses the others
};

File::File(Options options) : impl_(std::make_unique<Impl>(std::move(options))) {}

File::~File() = default;

void File::send(const Transmission& transmission, std::function<void(Outcome)> done) {
    const std::string notice = text_of(transmission.body, "id");
    const std::string addressee = transmission.address.empty()
                                      ? text_of(transmission.body, "addressee")
                                      : transmission.address;
    Job job{impl_->options.folder / safe_name(addressee),
            safe_name(notice.empty() ? transmission.id : notice),
            boost::json::serialize(transmission.body) + "\n", std::move(done)};
    {
        std::unique_lock lock(impl_->mutex);
        if (impl_->waiting.size() >= most_waiting) {
            lock.unlock();
            job.done({Outcome::Kind::retry, "busy", {}, "the spool is behind", {}});
            return;
        }
        impl_->waiting.push_back(std::move(job));
    }
    impl_->wake.notify_one();
}

}  // namespace jinqiao::adapters::notify::file
