#include "adapters/cli/preview_people.h"

#include <algorithm>

#include "adapters/cli/replay/staff.h"
#include "config/zone.h"

namespace jinqiao::adapters::cli {

using engine::model::Actor;

namespace {

Actor filer_of(const config::Zone& zone) {
    Actor actor;
    actor.kind = Actor::Kind::person;
    actor.roles = {"enterprise_union"};
    const auto account = std::find_if(
        zone.accounts.begin(), zone.accounts.end(), [](const config::AccountSeed& seed) {
            return std::count(seed.roles.begin(), seed.roles.end(), "enterprise_union") > 0;
        });
    if (account == zone.accounts.end()) return actor;
    actor.account = account->id;
    actor.person = account->person;
    actor.enterprise = account->enterprise;
    return actor;
}

}  // namespace

std::optional<TrialPeople> trial_people(const Setup& setup, const std::string& zone,
                                        config::Faults& faults) {
    const auto& organisation = setup.configuration.organisation;
    const auto shipped = setup.configuration.folder / "demo" / "zone.yaml";
    const std::filesystem::path file = zone.empty() ? shipped : std::filesystem::path(zone);
    if (zone.empty() && !std::filesystem::exists(shipped)) {
        auto directory = replay::staff(organisation);
        auto filer = replay::Actors(directory).reporter();
        return TrialPeople{std::move(directory), std::move(filer)};
    }
    const auto loaded = config::load_zone(file, organisation);
    faults.insert(faults.end(), loaded.faults.begin(), loaded.faults.end());
    if (!loaded.zone) return std::nullopt;
    return TrialPeople{config::staffed(organisation, *loaded.zone), filer_of(*loaded.zone)};
}

std::optional<TrialPeople> trial_people(const Context& context, const Setup& setup,
                                        const std::string& zone) {
    config::Faults faults;
    auto people = trial_people(setup, zone, faults);
    if (!faults.empty()) tell_faults(context, faults, *setup.configuration.texts);
    return people;
}

}  // namespace jinqiao::adapters::cli
