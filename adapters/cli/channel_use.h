#pragma once
#include "config/service.h"
#include "engine/ports/section.h"
#include "engine/runtime/delivery_plan.h"

namespace jinqiao::adapters::cli {

// How every channel is used as far as service.yaml says it.
engine::runtime::ChannelSettings common_use(const config::Service& service);

// How one channel is used: what its kind wants, and what it says instead. Notes every fault.
//   rate: {burst, every}     `burst` at once, then one each `every`; burst 0: no limit of our own
//   delivery:
//     concurrency, each      transmissions at once, and of them to one address (0: no limit)
//     patience, first_retry, longest_retry, give_up_after, unknown_repeats, merge_from
//     failures, pause, longest_pause   so many in a row, and it is left alone for so long
engine::runtime::ChannelSettings read_use(engine::ports::Section& channel,
                                          const engine::ports::Usage& usage,
                                          engine::runtime::ChannelSettings common);

}  // namespace jinqiao::adapters::cli
