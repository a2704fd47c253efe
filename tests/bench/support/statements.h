#pragma once
#include <cstddef>

namespace jinqiao::tests::bench {

// Every write the SQLite store knows, as the least that has the same effect: what the store finds
// out by trying (which columns of a case changed, whether a delivery was pending) is known here.
enum class Statement {
    add_case,
    update_case,      // no indexed column changes
    update_case_due,  // the due time does
    update_case_all,
    add_history,
    put_timer,
    erase_timer,
    add_notice,
    put_notice_state,
    add_delivery,
    hurry_queue,         // those before an urgent one have its priority
    delivery_waits,      // pending before and after
    delivery_ends,       // and is no longer the head of its queue
    delivery_next_head,  // the oldest that is still pending becomes it
    add_attempt,
    put_dead_letter,
    put_figures,
    put_personal,
    put_enterprise,
    put_account,
    put_answer,
    drop_answers_before,
    put_policy,
    put_meta,
    next_number,
};

inline constexpr std::size_t statement_count = static_cast<std::size_t>(Statement::next_number) + 1;

// columns.h says in which order the values are bound.
const char* sql_of(Statement statement);

}  // namespace jinqiao::tests::bench
