#pragma once
#include <cstdint>
#include <string>

#include "engine/ports/store.h"

// Rows for tests of stores.
namespace jinqiao::tests::support::rows {

namespace model = engine::model;
namespace ports = engine::ports;
namespace time = engine::time;

time::Instant at(std::int64_t minutes);  // after an arbitrary morning

// Rows with something in every column; tests change what they are about.
ports::CaseRow a_case(const std::string& id, std::int64_t filed = 0);
ports::HistoryRow history(const std::string& stream, std::uint64_t seq);
ports::DocumentRow document(const std::string& id, const std::string& account, std::int64_t minutes,
                            const std::string& sha256);  // that no case has named
ports::TimerRow timer(const std::string& kase, const std::string& slot, std::int64_t minutes);
ports::NoticeRow notice(const std::string& id, const std::string& kase,
                        const std::string& delivery);
ports::DeliveryRow delivery(const std::string& id, const std::string& kase,
                            const std::string& address, std::int64_t minutes = 0);
ports::StoredAnswer answer(const std::string& key, std::int64_t minutes = 0);

// Expectations about Results, with the error's text where they fail.
#define EXPECT_DONE(expression)                                             \
    do {                                                                    \
        const auto result_ = (expression);                                  \
        EXPECT_TRUE(result_.ok()) << (result_ ? "" : result_.error().what); \
    } while (false)
#define EXPECT_ERROR(error_code, expression)                                             \
    do {                                                                                 \
        const auto result_ = (expression);                                               \
        ASSERT_FALSE(result_.ok());                                                      \
        EXPECT_EQ(result_.error().code, ::jinqiao::engine::model::ErrorCode::error_code) \
            << result_.error().what;                                                     \
    } while (false)

}  // namespace jinqiao::tests::support::rows
