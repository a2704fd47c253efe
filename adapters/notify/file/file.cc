#include "adapters/notify/file/file.h"

#include <boost/json/serialize.hpp>
#include <condition_variable>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "adapters/notify/body.h"
#include "adapters/notify/durable.h"
#include "adapters/notify/safe_name.h"

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
            codes.push_back(write_whole(job.folder, job.name + ".json", job.text));
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
                              : disk_failed(code));
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
    const std::string notice = body_text(transmission.body, "id");
    const std::string addressee = transmission.address.empty()
                                      ? body_text(transmission.body, "addressee")
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
