#pragma once
#include <memory>

#include "adapters/notify/courier/courier.h"
#include "adapters/notify/wecom_app/options.h"
#include "adapters/notify/wecom_app/tokens.h"
#include "engine/ports/notifier.h"

namespace jinqiao::adapters::notify::wecom_app {

// Messages of an app to members of the company by name (应用消息). A token that is refused is
// fetched anew once within the attempt. The service drops repeats, so sending again does no harm.
class WecomApp : public engine::ports::Notifier {
  public:
    WecomApp(Options options, std::shared_ptr<courier::Courier> courier, Tokens::Now now);

    void send(const engine::ports::Transmission& transmission,
              std::function<void(engine::ports::Outcome)> done) override;

  private:
    struct App;
    struct Attempt;
    std::shared_ptr<App> app_;
    std::shared_ptr<courier::Courier> courier_;
};

}  // namespace jinqiao::adapters::notify::wecom_app
