#pragma once
#include <string>

#include "tests/support/story.h"

namespace jinqiao::tests {

// A dispute told as a timeline, on the configuration as shipped and with the people of the
// demonstration zone. What was said to be done must be accepted, what was said to be refused must
// be refused for that very reason; anything else fails the test there and then.
class DisputeStory : public Story {
  public:
    DisputeStory();

    // Those who act in stories. All but the union's hold posts of the zone.
    engine::model::Actor duty, duty_deputy, liaison, chair, mediator, lead_department, supervisor,
        supervisor2, enterprise_union;
    engine::model::Actor holder(const std::string& person,
                                const std::vector<std::string>& roles = {}) const;

    // Filed by the enterprise union; returns the id of the new case and makes it the one that
    // everything below is about.
    std::string filed(const std::string& alert_json);
    void about(const std::string& id) { id_ = id; }
    engine::model::Case& it() { return kase(id_); }

    // At a time (timers due before it fire first), this person does this. What was sent is signed
    // for before time goes on.
    void when(const std::string& shanghai);
    void does(const engine::model::Actor& actor, const std::string& action,
              const std::string& payload_json = "{}");
    void refused(const std::string& reason, const engine::model::Actor& actor,
                 const std::string& action, const std::string& payload_json = "{}");

    // "2026-10-09 24:00" is the end of that day, stored as 00:00 of the next.
    void expect_due(const std::string& clock, const std::string& shanghai,
                    const std::string& subject = {});
    void expect_open(const std::string& clock);
    void expect_no(const std::string& clock);  // not running
    void expect_state(const std::string& state, const std::string& region = "pipeline");
    void expect_grade(const std::string& grade);
    void expect_owner(const std::string& post);
    void expect_end_of(const std::string& clock, const std::string& outcome);
    bool recorded(const std::string& event, const std::string& key = {},
                  const std::string& value = {}) const;

    // Steps that many tests begin with.
    void taken_and_verified(bool collective = false);

    void sign_everything();

  private:
    std::string id_;
};

// An instant of Shanghai; 24:00 allowed.
engine::time::Instant shanghai(const std::string& text);
boost::json::object payload(const std::string& json);

}  // namespace jinqiao::tests
