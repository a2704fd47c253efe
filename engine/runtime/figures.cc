#include "engine/runtime/figures.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "engine/kernel/figures.h"
#include "engine/model/codec.h"

namespace jinqiao::engine::runtime {

namespace {

constexpr std::size_t in_batch = 1000;

const kernel::Workflow* workflow_of(const model::Case& kase, const World& world) {
    const auto found = world.workflows.find(kase.workflow);
    return found == world.workflows.end() ? nullptr : found->second.get();
}

// People are told and sign after the end as well, and that is counted when it happens.
std::optional<time::Instant> last_at(const model::Figures& figures) {
    if (!figures.ended_at) return {};
    auto last = *figures.ended_at;
    for (const auto& each : figures.escalations) last = std::max(last, each.at);
    for (const auto& each : figures.told) last = std::max(last, each.at);
    return last;
}

ports::FiguresRow row_of(const model::CaseId& id, const model::Figures& figures) {
    return {id, figures.filed_at, last_at(figures), figures.restricted, model::encode(figures)};
}

// One case after another, so many in a transaction.
class Counting {
  public:
    Counting(ports::Store& store, const World& world) : store_(store), world_(world) {}

    model::Status take(const ports::CaseRow& row) {
        const auto kase = model::decode_case(row.body);
        if (!kase) {
            spdlog::error("reports leave out case {}: {}", row.id.value, kase.error().what);
            return model::Done{};
        }
        if (!batch_) {
            auto begun = store_.begin();
            if (!begun) return begun.error();
            batch_ = std::move(*begun);
        }
        if (auto put = batch_->put_figures(figures_row(*kase, world_)); !put) return put;
        return ++counted_ % in_batch == 0 ? commit() : model::Status(model::Done{});
    }

    model::Status finish() {
        if (!batch_) {
            auto begun = store_.begin();
            if (!begun) return begun.error();
            batch_ = std::move(*begun);
        }
        if (auto put = batch_->put_meta(figures_meta, figures_derivation); !put) return put;
        return commit();
    }

    std::size_t counted() const { return counted_; }

  private:
    model::Status commit() {
        auto done = batch_->commit();
        batch_.reset();
        return done;
    }

    ports::Store& store_;
    const World& world_;
    std::unique_ptr<ports::Batch> batch_;
    std::size_t counted_ = 0;
};

}  // namespace

ports::FiguresRow figures_row(const model::Case& kase, const World& world) {
    return row_of(kase.id, kernel::figures_of(kase, workflow_of(kase, world)));
}

std::optional<ports::FiguresRow> new_figures(const model::Case* before, const model::Case& after,
                                             const World& world) {
    const auto* workflow = workflow_of(after, world);
    const auto figures = kernel::figures_of(after, workflow);
    if (before != nullptr && figures == kernel::figures_of(*before, workflow)) return {};
    return row_of(after.id, figures);
}

model::Status count_anew(ports::Store& store, const World& world) {
    auto reader = store.reader();
    if (!reader) return reader.error();
    const auto known = (*reader)->meta(figures_meta);
    if (!known) return known.error();
    if (*known == figures_derivation) return model::Done{};
    Counting counting(store, world);
    model::Status taken = model::Done{};
    const auto visited = (*reader)->each_case(false, [&](const ports::CaseRow& row) {
        taken = counting.take(row);
        return taken.ok();
    });
    if (!taken) return taken;
    if (!visited) return visited;
    if (auto done = counting.finish(); !done) return done;
    if (counting.counted() > 0) spdlog::info("reports: {} cases counted", counting.counted());
    return model::Done{};
}

}  // namespace jinqiao::engine::runtime
