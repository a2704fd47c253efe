#pragma once
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <variant>

#include "adapters/http/account.h"
#include "adapters/http/buckets.h"
#include "adapters/http/change_feed.h"
#include "adapters/http/channel_trial.h"
#include "adapters/http/fetch.h"
#include "adapters/http/fields.h"
#include "adapters/http/lens.h"
#include "adapters/http/message.h"
#include "adapters/http/pages.h"
#include "adapters/http/presence.h"
#include "adapters/http/problem.h"
#include "adapters/http/query.h"
#include "adapters/http/reload.h"
#include "adapters/http/route.h"
#include "adapters/http/sealed_answer.h"
#include "adapters/http/settings.h"
#include "adapters/http/sign_page.h"
#include "adapters/http/verification.h"
#include "adapters/http/watcher.h"
#include "adapters/http/words.h"
#include "adapters/http/workers.h"
#include "engine/ports/clock.h"
#include "engine/ports/store.h"
#include "engine/runtime/auditor.h"
#include "engine/runtime/committer.h"
#include "engine/runtime/core.h"
#include "engine/runtime/dispatcher.h"
#include "engine/runtime/world.h"

namespace jinqiao::adapters::http {

// What the calls work with; borrowed, outlives the server.
struct ApiParts {
    engine::ports::Store* store = nullptr;
    const engine::runtime::Core* core = nullptr;  // asked for time, counts and recent cases only
    engine::runtime::Committer* committer = nullptr;
    engine::runtime::WorldHolder* world = nullptr;
    const engine::ports::WallClock* clock = nullptr;  // compared with the core's, for /readyz
    const Words* words = nullptr;
    // A pinned policy from its stored text, as Core::Parts has it.
    std::function<engine::model::Result<std::shared_ptr<const engine::policy::Policy>>(
        const std::string& text)>
        read_policy;
    std::function<bool()> alive;  // the committer has not given up; empty: it has not
    // The auditor's last report, for /readyz and /metrics; empty: nobody audits.
    std::function<engine::runtime::AuditorReport()> audit;
    // Lanes of channels that are left alone for a while; empty: nobody knows.
    std::function<std::vector<engine::runtime::ShutLane>()> shut_lanes;
    // What each channel came to lately; empty: nobody knows.
    std::function<std::vector<ChannelFacts>()> channel_facts;
    TryChannel try_channel;               // empty: nothing is sent by hand
    std::function<bool()> clock_held;     // deadlines are held since the clock jumped; empty: never
    std::function<void()> confirm_clock;  // it is right, go on; called on the server's thread
    Reload reload;                        // empty: the configuration stays as it is
    std::function<ConfigurationState()> configuration;  // empty: nobody asks
    FieldRules fields;
    // What GET /stream tells of; published to by the engine's commits. Empty: nobody publishes.
    std::shared_ptr<ChangeFeed> changes;
    Fetch fetch;  // asks other servers; empty: nobody signs in at one
    Pages pages;  // what is there beside the API; empty: nothing
};

// A change under way: submitted to the committer, answered once it is durable.
struct Deed {
    engine::runtime::Submission submission;                   // without `done`: the server adds it
    std::function<Response(engine::runtime::Answer)> finish;  // on the I/O thread, exactly once
};

// Something done elsewhere that takes its time: begun on the I/O thread, answered exactly once,
// from any thread.
struct Errand {
    std::function<void(std::function<void(Response)> done)> begin;
};

struct Reply;

// Work that would keep everybody waiting: done on a worker, then the call goes on.
struct Chore {
    std::function<void()> work;   // on a worker's thread
    std::function<Reply()> then;  // on the I/O thread, unless the work was not done
    // The account at whose wish; empty: a password, whoever it may be.
    std::string whose = {};
};

// Something asked elsewhere, and how the call goes on once it is answered.
struct Inquiry {
    Errand errand;                // answered with anything
    std::function<Reply()> then;  // on the I/O thread
};

// What a call comes to: an answer now, something to wait for, or events for as long as both like.
struct Reply {
    std::variant<Response, Deed, Chore, Errand, Inquiry, std::unique_ptr<Watcher>> held;

    Reply(Response response) : held(std::move(response)) {}  // NOLINT(google-explicit-constructor)
    Reply(Deed deed) : held(std::move(deed)) {}              // NOLINT(google-explicit-constructor)
    Reply(Chore chore) : held(std::move(chore)) {}           // NOLINT(google-explicit-constructor)
    Reply(Errand errand) : held(std::move(errand)) {}        // NOLINT(google-explicit-constructor)
    Reply(Inquiry inquiry)                                   // NOLINT(google-explicit-constructor)
        : held(std::move(inquiry)) {}
    Reply(std::unique_ptr<Watcher> watcher)  // NOLINT(google-explicit-constructor)
        : held(std::move(watcher)) {}
};

// One request on its way through a handler.
struct Call {
    const Request& request;
    const Route* route = nullptr;
    Target target;
    std::vector<std::string> args;
    engine::ports::Reader* reader = nullptr;
    Lens lens;                      // account, language, world, now; relations are set per case
    std::string body_hash;          // of method, path and body: what an Idempotency-Key stands for
    bool key_used = false;          // the key was used for another body
    engine::ports::TokenRow token;  // that the caller came in by
    std::string bearer;             // the same as they said it
    bool by_cookie = false;         // a browser said it, and not whoever wrote the request

    const Account& account() const { return lens.account; }
    const engine::runtime::World& world() const { return *lens.world; }
};

// A case the caller may see, as stored.
struct Seen {
    std::shared_ptr<const engine::model::Case> kase;
    Relations relations = 0;
};

struct RequestCounts {
    std::uint64_t requests = 0;
    std::uint64_t by_class[6] = {};  // [2] is 2xx
};

// Every call of the API, without sockets: a request in, a reply out.
//
// Threads  handle() and finish() on one thread only (the server's). Answers kept for an
//          Idempotency-Key are worded on the committer's thread from copies.
// Errors   Nothing is thrown for what a client does; exceptions are defects of ours and end as 500
//          in the server.
class Api {
  public:
    Api(ApiParts parts, HttpSettings settings);

    Reply handle(const Request& request);
    static std::span<const Route> routes();

    // There was no room for a chore, or the account has too many already.
    Response refuse_chore(Workers::Taken why, std::string_view accept_language) const {
        return why == Workers::Taken::full
                   ? refuse_busy(accept_language)
                   : refuse(too_many(settings_.retry_after), accept_language);
    }
    Response refuse_busy(std::string_view accept_language) const {
        return refuse(busy(), accept_language);
    }
    // For faults of the protocol, before there is a request to handle.
    Response refuse(const Problem& problem, std::string_view accept_language) const;
    void count(int status);
    void connections(std::size_t open) { connections_ = open; }
    Watchers& watchers() { return watchers_; }
    // The account may still do what it did when it began to watch.
    bool still_welcome(const Watcher& watcher);
    // Bytes that the body of this request may have: more only where a file is expected, and from
    // somebody who may send one.
    std::size_t body_limit(const Request& request);
    const ApiParts& parts() const { return parts_; }
    const HttpSettings& settings() const { return settings_; }
    // What a reload may change: the language, what the zone is called, how clients reach us, what
    // calendars say.
    void use(const HttpSettings& settings);

    // --- the calls, in the order of the table in api_routes.cc
    // ------------------------------------
    Reply file_alert(Call& call);
    Reply show_anonymous(Call& call);
    Reply file_anonymously(Call& call);
    Reply conversation(Call& call);
    Reply write_anonymously(Call& call);
    Reply list_cases(Call& call);
    Reply board(Call& call);
    Reply board_late(Call& call);
    Reply board_enterprises(Call& call);
    Reply get_case(Call& call);
    Reply list_actions(Call& call);
    Reply act(Call& call);
    Reply migrate_case(Call& call);
    Reply history(Call& call);
    Reply notices(Call& call);
    Reply presence(Call& call);
    Reply be_present(Call& call);
    Reply ledger(Call& call);
    Reply dead_letters(Call& call);
    Reply channels(Call& call);
    Reply test_channel(Call& call);
    Reply answer_assignment(Call& call);
    Reply tasks(Call& call);
    Reply requests(Call& call);
    Reply me(Call& call);
    Reply show_calendar(Call& call);
    Reply put_calendar(Call& call);
    Reply drop_calendar(Call& call);
    Reply calendar(Call& call);
    Reply find_enterprises(Call& call);
    Reply match_enterprise(Call& call);
    Reply add_document(Call& call);
    Reply list_documents(Call& call);
    Reply get_document(Call& call);
    Reply show_sign_page(Call& call);
    Reply sign_by_link(Call& call);
    Reply health(Call& call);
    Reply ready(Call& call);
    Reply metrics(Call& call);
    Reply openapi(Call& call);
    Reply list_people(Call& call);
    Reply list_posts(Call& call);
    Reply list_absences(Call& call);
    Reply list_terms(Call& call);
    Reply duty(Call& call);
    Reply coverage(Call& call);
    Reply preview(Call& call);
    Reply change_people(Call& call);  // every call of people_changes.h but the next one
    Reply list_reports(Call& call);
    Reply report(Call& call);
    Reply confirm_clock(Call& call);
    Reply stream(Call& call);
    Reply configuration(Call& call);
    Reply reload_configuration(Call& call);
    Reply check_configuration(Call& call);
    Reply compare_configuration(Call& call);
    Reply calendars(Call& call);
    Reply audit_trail(Call& call);
    Reply verification(Call& call);
    Reply verify_audit(Call& call);
    Reply sign_in(Call& call);
    Reply sign_out(Call& call);
    Reply sign_in_ways(Call& call);
    Reply begin_oidc(Call& call);
    Reply end_oidc(Call& call);
    Reply list_accounts(Call& call);
    Reply list_tokens(Call& call);
    Reply set_password(Call& call);
    Reply list_sign_ins(Call& call);
    Reply offer_totp(Call& call);
    Reply confirm_totp(Call& call);
    Reply drop_totp(Call& call);
    Reply put_token(Call& call);

  private:
    // api.cc: before and after every handler
    Reply serve(const Request& request, Call& call, const Found& found);
    Response beside(const Call& call) const;
    Response wrong_method(const std::string& allow, const Lens& lens) const;
    Or<engine::ports::Reader*> reader();
    Call opened(const Request& request);
    Or<std::monostate> identify(Call& call);
    Or<std::monostate> take_token(Call& call) const;
    std::optional<Problem> kept_at_the_door(const Call& call) const;
    bool must_enrol(const Account& account) const;
    // Of whoever came in by this token: somebody else chose the password.
    bool must_change(const Account& account) const;
    // The step of the code, or the hash of a code for recovery, into `data`; false: it is neither.
    bool take_code(const engine::ports::AccountRow& row, const std::string& code,
                   engine::time::Instant now, boost::json::object& data) const;
    bool secure() const;  // whether browsers come by TLS
    void note_use(const Call& call);
    std::optional<Response> known_answer(Call& call);
    Response answered(const Problem& problem, const Lens& lens) const;

    // api_case.cc: steps that several handlers share
    Or<boost::json::object> body(const Call& call) const;
    std::optional<Problem> unfit_key(const Call& call) const;
    bool conceals(Call& call, const std::string& id);
    // A notice to whoever filed this case, of whom this reader must not know.
    bool to_hidden_filer(Call& call, const std::string& id, const std::string& addressee);
    // Account and person of whoever filed it, where this reader must not know them; else nobody.
    std::set<std::string> filer_hidden_from(Call& call, const std::string& id);
    Or<Seen> find(Call& call, const std::string& id, Right right);
    Or<std::shared_ptr<const engine::model::Case>> current(Call& call, const std::string& id);
    Problem failed(const engine::model::Error& error) const;
    // Cases of a query that concern the caller, some `most` of them. True: there are more.
    Or<bool> each_of(Call& call, engine::ports::CaseQuery query, int most,
                     const std::function<void(const engine::model::Case&)>& visit);
    // Open cases that concern the caller, and ended ones that still want something.
    Or<bool> each_concerned(Call& call,
                            const std::function<void(const engine::model::Case&)>& visit);
    Problem busy() const;  // nothing was done, try again
    static Problem too_many(std::chrono::milliseconds wait);
    // What the case was filed under; what is in force now where that cannot be read.
    std::shared_ptr<const engine::policy::Policy> policy_of(Call& call,
                                                            const engine::model::Case& kase);
    // What was done, and how a refusal or an error of the caller's making is worded instead of in
    // the usual way.
    struct Wording {
        std::function<Response(const engine::runtime::Accepted&, const Lens&)> done;
        std::function<Response(const engine::model::Refusal&, const Lens&)> refused = {};
        std::function<std::optional<Problem>(const engine::model::Error&)> fault = {};
    };
    Deed submit_work(Call& call, decltype(engine::runtime::Submission::work) work, Wording wording);
    Or<engine::runtime::DirectoryChange> wanted_change(Call& call);
    Deed submit_change(Call& call, engine::runtime::DirectoryChange change);
    Deed submit(Call& call, engine::model::Command command,
                std::function<Response(const engine::model::Case&, const Lens&)> word,
                std::function<Response(const engine::model::Refusal&, const Lens&)> refused = {});
    // calls_documents.cc. What the payload names goes with the submission; the answer knows of it.
    engine::runtime::Naming name_documents(Call& call, const engine::kernel::Workflow* workflow,
                                           const engine::model::Command& command,
                                           const engine::model::Case* kase);
    Reply keep_document(Call& call, engine::runtime::Upload upload);
    Reply look_at_files(Call& call, ReloadOrder order);  // calls_config.cc
    Response verification_of(const Call& call) const;    // calls_audit.cc
    static std::optional<Problem> unknown_parameter(const Call& call,
                                                    std::initializer_list<std::string_view> known);
    Response settle(engine::runtime::Answer answer, const Lens& lens, const std::string& body_hash,
                    const Wording& wording) const;
    Or<std::monostate> let_in_by_calendar(Call& call);
    Reply admit(Call& call, const engine::ports::AccountRow& row,
                const boost::json::object& payload);
    Or<engine::runtime::DirectoryChange> session_change(Call& call,
                                                        const engine::ports::AccountRow& row,
                                                        const std::string& token);
    // calls_oidc.cc
    std::string oidc_return() const;
    Response oidc_back(std::string_view why, const std::string& then) const;
    Reply inquire(FetchRequest request, std::function<Reply(const FetchResponse&)> then);
    Reply with_metadata(engine::time::Instant now, std::function<Reply(const OidcMetadata*)> then);
    Reply take_oidc_answer(const std::shared_ptr<Call>& call, const OidcAttempt& attempt,
                           const OidcMetadata& provider);
    Reply believe(const std::shared_ptr<Call>& call, const OidcAttempt& attempt,
                  const std::string& token, bool asked);
    Reply welcome(const std::shared_ptr<Call>& call, const OidcAttempt& attempt,
                  const boost::json::object& claims);
    void note_failure(const Call& call, const std::string& account, std::string_view outcome);
    Reply save_password(Call& call, const std::string& account, std::string hash, bool must_change);
    std::optional<Problem> urged_lately(Call& call, const engine::model::Case& kase,
                                        const engine::model::AssignmentId& id) const;
    Problem urged(std::chrono::milliseconds left) const;
    void tell_presence(const engine::model::Case& kase);
    // calls_anonymous.cc
    std::optional<Problem> no_more_said(const engine::model::Case& kase,
                                        engine::time::Instant now) const;
    Or<std::shared_ptr<const engine::model::Case>> by_receipt(Call& call, const std::string& code);
    std::optional<Response> unnamed_before(const SealedAnswer& kept, const Lens& lens);
    Deed submit_unnamed(Call& call, engine::model::Command command, SealedAnswer kept,
                        std::function<Response(const engine::runtime::Accepted&)> word,
                        std::function<void()> refused);
    // calls_sign.cc
    Response page_of(const engine::model::Case& kase, const engine::model::AssignmentId& id,
                     const Lens& lens, const std::string& taken, const LinkAnswer& wrong);
    Reply answer_by_mail(Call& call);
    std::optional<Response> known_mail(Call& call, const engine::model::AssignmentId& id);
    Response page_after(const std::string& token, LinkAnswer answer,
                        const engine::model::Refusal& refusal, const Lens& lens);
    Response no_page(const Lens& lens) const;

    ApiParts parts_;
    HttpSettings settings_;
    std::unique_ptr<engine::ports::Reader> reader_;
    std::set<std::pair<std::string, std::string>> in_flight_;  // (account, key)
    std::set<std::string> urging_;  // assignments about which somebody's urging is under way
    std::map<engine::model::PolicyId, std::shared_ptr<const engine::policy::Policy>> policies_;
    RequestCounts counts_;
    std::size_t connections_ = 0;
    Buckets of_account_, from_address_;  // requests
    Watchers watchers_;                  // each takes itself out
    Presence presence_;
    Buckets failures_of_, failures_from_;  // to sign in: of an account, from an address
    std::shared_ptr<OidcMemory> oidc_ = std::make_shared<OidcMemory>();
    Buckets channel_tests_;  // of an account
    Verification verification_;
    // Filing without a name and wrong codes: from an address; messages: by a code.
    Buckets unnamed_from_, wrong_receipts_from_, messages_by_;
    Buckets unnamed_in_all_;       // filing without a name: one key
    std::set<std::string> noted_;  // hashes of tokens whose use today is on its way
    std::string noted_on_;         // that day
};

// Whoever is taken out of service acts for nobody from that moment on, by whichever account.
bool in_service(const engine::model::PersonId& person, const engine::policy::Directory& directory);

// The workflow that alerts open a case of; null if there is none.
const engine::kernel::Workflow* filing_workflow(const engine::runtime::World& world);

Response json_response(int status, const boost::json::value& value);
Response case_response(int status, const engine::model::Case& kase, const Lens& lens);

}  // namespace jinqiao::adapters::http
