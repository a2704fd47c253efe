#pragma once
#include <array>
#include <chrono>
#include <string>
#include <string_view>

#include "engine/ports/notifier.h"

namespace jinqiao::adapters::notify::cap {

// What all documents of a channel have in common, and what a grade is in the words of CAP.
struct Issuer {
    enum class Scope { restricted, made_private };  // never Public: see Options
    std::string sender;
    std::string sender_name;  // may be empty
    Scope scope = Scope::made_private;
    std::string restriction;  // with Scope::restricted
    std::string category = "Security";
    std::string event = "劳动争议预警";
    std::string event_en = "Labour-dispute early warning";
    std::string headline_en;  // empty: no English info
    std::array<std::string, 4> urgency{"Future", "Future", "Expected", "Immediate"};
    std::array<std::string, 4> severity{"Minor", "Moderate", "Severe", "Extreme"};
    std::array<std::string, 4> certainty{"Possible", "Likely", "Likely", "Observed"};
    std::chrono::minutes utc_offset{480};
};

// What a message is to those before it.
struct Relation {
    std::string type = "Alert";  // Alert, Update or Cancel
    std::string references;      // "sender,identifier,sent" one after another; with the last two
};

// Equal transmissions have equal ones; of the characters an identifier may have.
std::string identifier(const engine::ports::Transmission& transmission);
// YYYY-MM-DDThh:mm:ss±hh:mm: the schema refuses "Z" and fractions; UTC is -00:00.
std::string sent(const engine::ports::Transmission& transmission, std::chrono::minutes offset);
std::string reference(const engine::ports::Transmission& transmission, const Issuer& issuer);

// The document (OASIS CAP 1.2). Equal transmissions of the same relation give equal bytes.
std::string alert(const engine::ports::Transmission& transmission, const Issuer& issuer,
                  const Relation& relation);

// A text as the content of an element: what XML 1.0 cannot hold is dropped, markup escaped.
std::string escaped(std::string_view text);

}  // namespace jinqiao::adapters::notify::cap
