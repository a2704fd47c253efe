#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/kernel/workflow.h"

// Words for writing payload schemas, so that an action reads like its line in the reference table:
//
//   {"watch", {"转入关注", "Watch"}, {own, supervisor},
//    {need(date("review_on", {"复核日期", "Review on"})), need(reason())}},
namespace jinqiao::workflows::dispute::schema {

namespace kernel = engine::kernel;
namespace model = engine::model;

using kernel::Field;
using kernel::Fields;
using model::Text;
using Codes = std::vector<std::pair<std::string, Text>>;
using Actions = std::vector<kernel::Action>;

// --- who ----------------------------------------------------------------------------------------
using Who = std::vector<std::string>;
inline constexpr const char* enterprise_union = "enterprise_union";
inline constexpr const char* duty_officer = "duty_officer";
inline constexpr const char* mediator = "mediator";
inline constexpr const char* department = "department";
inline constexpr const char* supervisor = "supervisor";
inline constexpr const char* own = "own";           // acting person of the owner post
inline constexpr const char* lead = "lead";         // lead mediator
inline constexpr const char* commissioner = "com";  // sent to the place
inline constexpr const char* filer = "filer";
inline constexpr const char* approver = "approver";
inline constexpr const char* addressee = "addressee";  // of the pending offer
// Whoever filed without a name and shows the code for it. No account has this role.
inline constexpr const char* anonymous = "anonymous";
Who any();  // the reference's "any"

// --- types --------------------------------------------------------------------------------------
Field text(std::string_view name, Text title);
Field name_of(std::string_view name, Text title);  // a name or address: 200 characters
Field code(std::string_view name, Text title, Codes codes);
Field integer(std::string_view name, Text title, std::int64_t least = 0);
Field money(std::string_view name, Text title);  // fen
Field flag(std::string_view name, Text title);
Field instant(std::string_view name, Text title);
Field date(std::string_view name, Text title);
Field document(std::string_view name, Text title);
Field post(std::string_view name, Text title);
Field person(std::string_view name, Text title);
Field reference(std::string_view name, Text title);
Field case_ref(std::string_view name, Text title);
Field budget(std::string_view name, Text title);
Field object(std::string_view name, Text title, Fields fields);
Field any_object(std::string_view name, Text title);

Field need(Field field);      // required
Field list(Field field);      // a list of it
Field personal(Field field);  // moved out of history when stored

// --- fields that many actions share --------------------------------------------------------------
Field reason();   // 理由; required where it stands, never blank
Field at();       // when it happened
Field on();       // on which day
Field by_side();  // employer or workers
Field side();
Field doc();
Field workers(std::int64_t least = 1);
Field scope();  // whole or part
Field grade_to();

}  // namespace jinqiao::workflows::dispute::schema
