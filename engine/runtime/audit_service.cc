#include "engine/runtime/audit_service.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <iterator>
#include <mutex>
#include <set>

#include "engine/runtime/directory_changes.h"
#include "engine/runtime/wake.h"

namespace jinqiao::engine::runtime {

namespace asio = boost::asio;
namespace json = boost::json;
using Steady = std::chrono::steady_clock;
using Codes = std::set<std::string>;

namespace {

Codes codes_of(const AuditorReport& report) {
    Codes codes;
    for (const auto& complaint : report.complaints) codes.insert(complaint.code);
    return codes;
}

// Of the last alarm, which may have been raised by the program that ran before this one.
model::Result<Codes> told_before(ports::Reader& reader) {
    const auto stored = reader.meta(alarm_meta);
    if (!stored) return stored.error();
    Codes codes;
    json::error_code wrong;
    const auto list = json::parse(stored->value_or("[]"), wrong);
    if (!wrong && list.is_array())
        for (const auto& code : list.get_array())
            if (code.is_string()) codes.emplace(code.get_string());
    return codes;
}

void log_news(const std::vector<Complaint>& before, const std::vector<Complaint>& now) {
    std::vector<Complaint> begun;
    std::vector<Complaint> ended;
    std::set_difference(now.begin(), now.end(), before.begin(), before.end(),
                        std::back_inserter(begun));
    std::set_difference(before.begin(), before.end(), now.begin(), now.end(),
                        std::back_inserter(ended));
    for (const auto& complaint : begun)
        spdlog::error("audit: {} {}", complaint.code, complaint.subject);
    for (const auto& complaint : ended)
        spdlog::info("audit: no longer {} {}", complaint.code, complaint.subject);
}

}  // namespace

struct AuditService::Impl : std::enable_shared_from_this<Impl> {
    Impl(Parts given, AuditSettings chosen)
        : parts(std::move(given)),
          settings(chosen),
          strand(asio::make_strand(*parts.io)),
          sleep(strand) {}

    void look();
    void publish(AuditorReport report);
    void judge(const Codes& codes);
    void submit(const char* kind, const Codes& codes, const Codes& told_then);
    void settled(bool accepted, Codes told_then);
    void see_to_dead_letters();
    void sleep_on();

    Parts parts;
    AuditSettings settings;
    asio::strand<asio::io_context::executor_type> strand;
    asio::steady_timer sleep;
    std::unique_ptr<ports::Reader> reader;

    // On the strand.
    bool running = false;
    std::optional<Auditor> auditor;
    Codes told;  // that those in charge know of
    Steady::time_point told_at{};
    bool telling = false;     // a submission is under way
    bool escalating = false;  // another one, of dead letters

    Wake woken;

    mutable std::mutex mutex;
    AuditorReport shown;  // guarded by mutex
};

void AuditService::Impl::look() {
    if (!running) return;
    const Standstill standstill{parts.clock_held && parts.clock_held(),
                                parts.committer->read_only()};
    const auto done =
        auditor->look(*reader, *parts.world->get()->directory, parts.clock->now(), standstill);
    auto report = auditor->report();
    if (done) {
        judge(codes_of(report));
    } else {
        spdlog::error("the auditor cannot read the store: {}", done.error().what);
        report.at.reset();
    }
    publish(std::move(report));
    see_to_dead_letters();
    sleep_on();
}

// Those nobody has dealt with in time: the next post in line is told.
void AuditService::Impl::see_to_dead_letters() {
    const auto due = reader->dead_letters_to_tell(parts.clock->now(), 1);
    if (!due || due->empty() || escalating) return;
    Submission submission;
    submission.work = DirectoryChange{"dead_letters_due", {}, {}};
    submission.done = [weak = weak_from_this()](const Answer&) {
        if (const auto self = weak.lock())
            asio::post(self->strand, [self] { self->escalating = false; });
    };
    escalating = parts.committer->submit(std::move(submission));
}

void AuditService::Impl::publish(AuditorReport report) {
    std::lock_guard lock(mutex);
    log_news(shown.complaints, report.complaints);
    shown = std::move(report);
}

void AuditService::Impl::judge(const Codes& codes) {
    if (codes.empty() && parts.sign_of_life) parts.sign_of_life();
    if (telling) return;
    if (codes.empty()) {
        if (!told.empty()) submit("alarm_over", told, {});
        return;
    }
    const bool news = !std::includes(told.begin(), told.end(), codes.begin(), codes.end());
    if (news || Steady::now() - told_at >= settings.alarm_again) submit("alarm", codes, codes);
}

void AuditService::Impl::submit(const char* kind, const Codes& codes, const Codes& told_then) {
    const auto count = static_cast<std::int64_t>(auditor->report().complaints.size());
    DirectoryChange change{
        kind, {{"what", json::array(codes.begin(), codes.end())}, {"count", count}}, {}};
    Submission submission;
    submission.work = std::move(change);
    submission.done = [weak = weak_from_this(), told_then](const Answer& answer) {
        const bool accepted = std::holds_alternative<Accepted>(answer);
        const auto self = weak.lock();
        if (!self) return;
        asio::post(self->strand,
                   [self, accepted, told_then] { self->settled(accepted, told_then); });
    };
    telling = parts.committer->submit(std::move(submission));
}

// What could not be written is tried again at the next look.
void AuditService::Impl::settled(bool accepted, Codes told_then) {
    telling = false;
    if (!accepted) return;
    told = std::move(told_then);
    told_at = Steady::now();
}

void AuditService::Impl::sleep_on() {
    sleep.expires_after(settings.every);
    sleep.async_wait([self = shared_from_this()](const boost::system::error_code& stopped) {
        if (!stopped) self->look();
    });
}

AuditService::AuditService(Parts parts, AuditSettings settings)
    : impl_(std::make_shared<Impl>(std::move(parts), settings)) {}

AuditService::~AuditService() = default;

model::Status AuditService::start() {
    auto opened = impl_->parts.store->reader();
    if (!opened) return opened.error();
    impl_->reader = std::move(*opened);
    auto told = told_before(*impl_->reader);
    if (!told) return told.error();
    impl_->told = std::move(*told);
    impl_->told_at = Steady::now();
    impl_->auditor.emplace(impl_->settings.looks, impl_->parts.clock->now());
    impl_->running = true;
    wake();
    return model::Done{};
}

void AuditService::stop() {
    asio::post(impl_->strand, [impl = impl_] {
        impl->running = false;
        impl->sleep.cancel();
        impl->reader.reset();
    });
}

void AuditService::use(AuditSettings settings) {
    asio::post(impl_->strand, [impl = impl_, settings] {
        impl->settings = settings;
        if (impl->auditor) impl->auditor->use(settings.looks);
    });
}

void AuditService::wake() {
    impl_->woken.post(impl_->strand, [impl = impl_] { impl->look(); });
}

AuditorReport AuditService::report() const {
    std::lock_guard lock(impl_->mutex);
    return impl_->shown;
}

}  // namespace jinqiao::engine::runtime
