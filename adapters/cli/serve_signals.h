#pragma once

namespace jinqiao::adapters::cli {

// Waits for SIGTERM, SIGINT and SIGHUP on one thread instead of interrupting any of them. Made
// before the first thread is started, because threads inherit the mask.
class Signals {
  public:
    Signals();
    ~Signals();
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;

    // Returns the signal, or 0 after wake().
    int wait();
    void wake();  // any thread; also before wait()

  private:
    int signals_ = -1;
    int woken_ = -1;
};

// Tells systemd (Type=notify) where it waits for us; nothing where it does not.
void tell_service_manager(const char* state);

}  // namespace jinqiao::adapters::cli
