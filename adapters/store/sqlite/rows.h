#pragma once
#include "adapters/store/sqlite/connection.h"
#include "engine/ports/store.h"

// Column lists and the functions that read them; the two stand in the same order.
namespace jinqiao::adapters::store::sqlite {

namespace model = engine::model;
namespace ports = engine::ports;

#define JINQIAO_CASE_COLUMNS                                                               \
    "cases.id,cases.number,cases.workflow,cases.enterprise_id,cases.enterprise_name,"      \
    "cases.state,cases.stage,cases.grade,cases.owner_post,cases.filer_account,cases.open," \
    "cases.exercise,cases.restricted,cases.filed_at_ms,cases.next_due_ms,cases.seq,"       \
    "cases.version,cases.summary,cases.concerned,cases.body"
#define JINQIAO_NOTICE_COLUMNS                                                             \
    "id,key,kase,event,addressee,person,channel,address,assignment,grade,exercise,urgent," \
    "at_ms,reason,seq,delivery,state,delivered_at_ms,subject,sign_url,text,vars,pattern"
#define JINQIAO_DOCUMENT_COLUMNS "id,account,kase,name,type,size,sha256,at_ms"
#define JINQIAO_DELIVERY_COLUMNS                                                            \
    "id,kase,channel,address,ord,state,attempts,next_at_ms,sent_unknown,priority,since_ms," \
    "successor"
#define JINQIAO_DEAD_LETTER_COLUMNS \
    "delivery,kase,at_ms,owner,told,tell_at_ms,settled_at_ms,settled_by,how,note"

// A list of texts in one column, as JSON.
std::string json_list(const std::vector<std::string>& texts);
std::vector<std::string> read_list(const std::string& json);

ports::CaseRow read_case(Columns row);
ports::HistoryRow read_history(Columns row);
ports::TimerRow read_timer(Columns row);
// Error: a stored addressee, grade or vars that nobody could have written (corrupt).
model::Result<ports::NoticeRow> read_notice(Columns row);
ports::DeliveryRow read_delivery(Columns row);
ports::AttemptRow read_attempt(Columns row);
ports::DeadLetterRow read_dead_letter(Columns row);
ports::PersonalRow read_personal(Columns row);
ports::EnterpriseRow read_enterprise(Columns row);
ports::AccountRow read_account(Columns row);
ports::TokenRow read_token(Columns row);
ports::DocumentRow read_document(Columns row);
ports::StoredAnswer read_answer(Columns row);

}  // namespace jinqiao::adapters::store::sqlite
