#include "adapters/http/awaited.h"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace jinqiao::adapters::http {

namespace asio = boost::asio;
using engine::runtime::Answer;
using engine::runtime::Committer;
using engine::runtime::Submission;

// Waits for the committer without holding the thread: the callback, which comes on the committer's
// thread, only posts back here. The work guard keeps the server's thread alive until then.
asio::awaitable<Answer> committed(Committer& committer, Submission submission) {
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Answer)>(
        [&committer](auto handler, Submission work) {
            auto executor = asio::get_associated_executor(handler);
            auto shared = std::make_shared<decltype(handler)>(std::move(handler));
            auto guard = std::make_shared<asio::executor_work_guard<decltype(executor)>>(executor);
            auto resume = [executor, shared, guard](Answer answer) {
                asio::post(executor, [shared, guard, answer = std::move(answer)]() mutable {
                    (*shared)(std::move(answer));
                });
            };
            work.done = resume;
            if (!committer.submit(std::move(work)))
                resume(engine::model::Error{engine::model::ErrorCode::busy,
                                            "too many commands are waiting", "committer"});
        },
        asio::use_awaitable, std::move(submission));
}

asio::awaitable<Response> done(Errand errand) {
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Response)>(
        [](auto handler, Errand begun) {
            auto executor = asio::get_associated_executor(handler);
            auto shared = std::make_shared<decltype(handler)>(std::move(handler));
            auto guard = std::make_shared<asio::executor_work_guard<decltype(executor)>>(executor);
            begun.begin([executor, shared, guard](Response response) {
                asio::post(executor, [shared, guard, response = std::move(response)]() mutable {
                    (*shared)(std::move(response));
                });
            });
        },
        asio::use_awaitable, std::move(errand));
}

asio::awaitable<Worked> worked(Workers& workers, std::function<void()> work, std::string whose) {
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Worked)>(
        [&workers](auto handler, std::function<void()> todo, const std::string& by) {
            auto executor = asio::get_associated_executor(handler);
            auto shared = std::make_shared<decltype(handler)>(std::move(handler));
            auto guard = std::make_shared<asio::executor_work_guard<decltype(executor)>>(executor);
            auto resume = [executor, shared, guard](Worked fate) {
                asio::post(executor, [shared, guard, fate] { (*shared)(fate); });
            };
            const auto taken = workers.post(
                [todo = std::move(todo), resume] {
                    Worked fate;
                    try {
                        todo();
                    } catch (...) {
                        fate.failure = std::current_exception();
                    }
                    resume(fate);
                },
                by);
            if (taken != Workers::Taken::yes) resume({taken, {}});
        },
        asio::use_awaitable, std::move(work), std::move(whose));
}

}  // namespace jinqiao::adapters::http
