#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "engine/kernel/decide.h"
#include "engine/model/command.h"
#include "engine/model/refusal.h"
#include "engine/model/result.h"
#include "engine/ports/clock.h"
#include "engine/ports/ids.h"
#include "engine/ports/notifier.h"
#include "engine/ports/renderer.h"
#include "engine/ports/store.h"
#include "engine/runtime/world.h"

namespace jinqiao::engine::runtime {

struct Accepted {
    std::shared_ptr<const model::Case> kase;  // as committed
    std::vector<model::Event> events;
    bool created = false;
};

// What became of a submission. Called back only after the commit is durable (Accepted), or when it
// is certain that nothing was written (the others; Error{unknown}: see its text).
using Answer = std::variant<Accepted, model::Refusal, ports::StoredAnswer, model::Error>;

// A change of posts' people or of accounts: recorded on the stream "directory", never on a case.
// The kinds are listed in directory_changes.h, account_changes.h and dead_letters.h.
struct DirectoryChange {
    std::string kind;
    boost::json::object data;
    model::Actor actor;
    // Of "reloaded" only: what is in force from the next decision on, if the transaction commits.
    // Its directory is what the configuration says; the people are those the store knows.
    std::shared_ptr<const World> world = {};
    std::string secret = {};  // hash of a password or token: stored, never recorded
};

// What a delivery attempt came to: a light write on the notice; the case is decided only when an
// assignment changes state.
struct DeliveryOutcome {
    std::string delivery;
    int attempt = 1;
    ports::Outcome outcome;
    std::optional<time::Instant> next_at;  // set: try again then; empty and not delivered: dead
    model::CaseId kase = {};  // whose: several of one case are taken together; empty: alone
    bool overdue = false;     // high time to try the addressee's next contact, if there is one
    bool unsent = false;      // no attempt was made: of interest only if there is such a contact
};

// Pending deliveries to one address, in the order in which they are to be read, that are to travel
// as one message. See delivery_merge.h.
struct DeliveryMerge {
    std::string channel, address;
    std::vector<std::string> deliveries;
    std::size_t text_limit = 0;  // bytes; 0: any
};

// Rows that belong to no case and are on no record: enterprises, sessions, on which day a token was
// used. Written as they are.
struct Registration {
    struct TokenUse {
        std::string hash, day;
    };
    std::vector<ports::AccountRow> accounts = {};
    std::vector<ports::EnterpriseRow> enterprises = {};
    std::vector<ports::TokenRow> tokens = {};
    std::vector<TokenUse> used = {};
    std::vector<std::string> ended = {};  // hashes of tokens
};

// A file somebody sends, to be named in a payload later. See documents.h.
struct Upload {
    model::AccountId account;
    std::string name;    // as the sender calls it
    std::string type;    // media type, as its bytes say
    std::string sha256;  // of the content, hex
    std::string content;
    std::uint64_t unused_limit = 0;  // bytes of files of one account that no case has named yet
};

// What a payload names of what was sent, and who says so.
struct Naming {
    struct Document {
        std::string field;  // path in the payload, for whoever has to look for it
        std::string id;
    };
    model::AccountId by;
    std::vector<Document> documents;
};

// The calendar in force may be another than the one cases were last reckoned by.
struct CalendarInForce {};

// Whose turn it is where many wait. People are served before all else, since they stand there and
// look on; the engine's own deadlines and outcomes take the rest of a transaction in due order.
enum class Lane { people, engine };

struct Foresight;

struct Submission {
    std::variant<model::Command, DirectoryChange, DeliveryOutcome, Registration, CalendarInForce,
                 Upload, DeliveryMerge>
        work;
    // Of a command: documents its payload names, held against what was sent. See documents.h.
    Naming naming = {};
    // Of a filing without a name: hash of the code that opens its conversation. See receipts.h.
    std::string receipt = {};
    // Idempotency: scope (account, key). Empty key: none. `compose` words the answer to be stored
    // with the effects, in the same transaction; called on the committer's thread.
    std::string account, key, body_hash;
    std::function<ports::StoredAnswer(const Accepted&)> compose;
    std::function<void(Answer)> done;  // may be empty; called on the committer's thread
    Lane lane = Lane::people;
    // What the submitter has worked out ahead, to spare the committer's thread that; left aside if
    // anything has changed since. May be null. Used up by the committer.
    std::shared_ptr<Foresight> foresight;
};

struct DeadLetterSettings {
    // Ids of the posts that see to them, one after another while nobody does. Empty: the fallback
    // desk.
    std::vector<std::string> to;
    std::chrono::milliseconds every{1'800'000};  // from one to the next, and to the last again
};

struct CoreSettings {
    std::string public_url;  // for sign links
    std::string link_key;    // 32 bytes; signs the links
    std::chrono::hours link_ttl{24 * 14};
    std::size_t cached_cases = 4096;     // decoded snapshots kept
    std::string number_prefix = "JQ";    // series of case numbers: JQ-2026
    std::string exercise_prefix = "JX";  // exercises are numbered apart
    // Payload paths whose personal values are sealed (config/fields.yaml), such as "reporter".
    std::vector<std::string> sealed_paths;
    std::chrono::hours answers_kept{24 * 7};       // of an idempotency key
    std::chrono::hours unused_documents_kept{48};  // sent, and named by no case
    DeadLetterSettings dead_letters;
};

// Since start. A transition is a command after which a case stands elsewhere in some region, or is
// new; most commands record something and move nothing.
struct CoreCounts {
    std::uint64_t commits = 0, commands = 0, refusals = 0, transitions = 0, notices = 0,
                  timers_fired = 0;
};

// The one road to a change: takes a batch of submissions, decides each in a savepoint of one
// transaction, commits, answers. Synchronous and single-threaded; the Committer runs it on its
// thread, replay and tests call it directly under their own clock.
class Core {
  public:
    struct Parts {
        ports::Store* store = nullptr;
        const ports::WallClock* clock = nullptr;
        ports::Ids* ids = nullptr;
        const ports::Renderer* renderer = nullptr;
        WorldHolder* world = nullptr;
        // A pinned policy from its stored text (config's reader).
        std::function<model::Result<std::shared_ptr<const policy::Policy>>(const std::string& text)>
            read_policy;
    };
    Core(Parts parts, CoreSettings settings);
    ~Core();

    // Answers every submission exactly once. Returns the commit's status: corrupt or unknown mean
    // that the program must stop. The first call, which may be an empty one, reads the persisted
    // now.
    model::Status process(std::span<Submission> batch);

    // What a command of the engine will come to, worked out on the calling thread with its own
    // reader; null where there is nothing to foresee. See foresight.h. Any thread.
    std::shared_ptr<Foresight> foresee(ports::Reader& reader, const model::Command& command) const;

    // Effective now: never behind what was persisted. See engine-notes: a clock may step back.
    time::Instant now() const;
    CoreCounts counts() const;

    // The case as last committed, if it was used recently; null otherwise, and nothing is read.
    // Whoever has been answered finds here what he did. Any thread.
    std::shared_ptr<const model::Case> recent(const model::CaseId& id) const;

    // Called on the committer's thread after each durable commit with the cases that changed.
    void on_commit(std::function<void(std::span<const Accepted>)> listener);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jinqiao::engine::runtime
