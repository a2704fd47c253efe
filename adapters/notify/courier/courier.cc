#include "adapters/notify/courier/courier.h"

#include <deque>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

#include "adapters/notify/courier/easy.h"

namespace jinqiao::adapters::notify::courier {

struct Courier::Impl {
    struct Job {
        Request request;
        std::function<void(Response)> done;
    };
    struct Flight {
        std::unique_ptr<Easy> easy;
        std::function<void(Response)> done;
    };

    explicit Impl(CourierSettings chosen) : settings(chosen) {
        init_curl();
        multi = curl_multi_init();
        curl_multi_setopt(multi, CURLMOPT_MAX_HOST_CONNECTIONS, settings.per_host);
        thread = std::thread([this] { run(); });
    }

    ~Impl() {
        {
            std::lock_guard lock(mutex);
            stopping = true;
        }
        curl_multi_wakeup(multi);
        thread.join();
        idle.clear();
        curl_multi_cleanup(multi);
    }

    void run() {
        while (take()) {
            int running = 0;
            curl_multi_perform(multi, &running);
            collect();
            curl_multi_poll(multi, nullptr, 0, 1000, nullptr);
        }
        abandon();
    }

    // Starts what waits, as far as there is room. False: stop.
    bool take() {
        std::deque<Job> ready;
        {
            std::lock_guard lock(mutex);
            if (stopping) return false;
            while (!waiting.empty() && flights.size() + ready.size() < settings.in_flight) {
                ready.push_back(std::move(waiting.front()));
                waiting.pop_front();
            }
        }
        for (Job& job : ready) start(std::move(job));
        return true;
    }

    void start(Job job) {
        std::unique_ptr<Easy> easy;
        if (idle.empty()) {
            easy = std::make_unique<Easy>();
        } else {
            easy = std::move(idle.back());
            idle.pop_back();
        }
        easy->prepare(std::move(job.request));
        CURL* handle = easy->handle();
        curl_multi_add_handle(multi, handle);
        flights.emplace(handle, Flight{std::move(easy), std::move(job.done)});
    }

    void collect() {
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
            if (message->msg != CURLMSG_DONE) continue;
            land(message->easy_handle, message->data.result);
        }
    }

    void land(CURL* handle, CURLcode code) {
        const auto found = flights.find(handle);
        Flight flight = std::move(found->second);
        flights.erase(found);
        Response response = flight.easy->finish(code);
        curl_multi_remove_handle(multi, handle);
        idle.push_back(std::move(flight.easy));
        flight.done(std::move(response));
        // A full house may have kept others waiting.
        curl_multi_wakeup(multi);
    }

    void abandon() {
        while (!flights.empty()) land(flights.begin()->first, CURLE_ABORTED_BY_CALLBACK);
        std::deque<Job> rest;
        {
            std::lock_guard lock(mutex);
            rest.swap(waiting);
        }
        for (Job& job : rest) {
            Response response;
            response.failure = "aborted";
            job.done(std::move(response));
        }
    }

    CourierSettings settings;
    CURLM* multi = nullptr;
    std::mutex mutex;
    std::deque<Job> waiting;                    // guarded by mutex
    bool stopping = false;                      // guarded by mutex
    std::unordered_map<CURL*, Flight> flights;  // courier's thread only
    std::vector<std::unique_ptr<Easy>> idle;    // courier's thread only
    std::thread thread;
};

Courier::Courier(CourierSettings settings) : impl_(std::make_unique<Impl>(settings)) {}

Courier::~Courier() = default;

void Courier::send(Request request, std::function<void(Response)> done) {
    {
        std::lock_guard lock(impl_->mutex);
        if (!impl_->stopping) {
            impl_->waiting.push_back({std::move(request), std::move(done)});
            done = nullptr;
        }
    }
    if (done) {
        Response response;
        response.failure = "aborted";
        done(std::move(response));
        return;
    }
    curl_multi_wakeup(impl_->multi);
}

}  // namespace jinqiao::adapters::notify::courier
