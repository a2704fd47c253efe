#include "adapters/notify/exec/child.h"

#include <fcntl.h>
#include <linux/close_range.h>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <csignal>

namespace jinqiao::adapters::notify::exec {
namespace {

struct Pipe {
    Descriptor read, write;
};

// Neither end is 0, 1 or 2: what is put there later must not be what it is made from.
Descriptor above_the_usual(int fd) {
    if (fd > 2) return Descriptor(fd);
    Descriptor low(fd);
    return Descriptor(fcntl(fd, F_DUPFD_CLOEXEC, 3));
}

int make_pipe(Pipe& into) {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return errno;
    into.read = above_the_usual(ends[0]);
    into.write = above_the_usual(ends[1]);
    return into.read.ok() && into.write.ok() ? 0 : EMFILE;
}

struct Limit {
    int what;
    rlimit value;
};

// All that the new process needs, made before it: between vfork and execve it shares our memory and
// must neither allocate nor lock.
struct Plan {
    const char* program = nullptr;
    char* const* arguments = nullptr;
    char* const* environment = nullptr;
    std::array<int, 3> streams{};
    int report = -1;  // closed by execve; else it takes the errno
    std::array<Limit, 6> limits{};
    std::size_t limit_count = 0;
    uid_t uid = static_cast<uid_t>(-1);
    gid_t gid = static_cast<gid_t>(-1);
    pid_t parent = 0;
};

bool drop_privileges(const Plan& plan) {
    if (plan.uid == static_cast<uid_t>(-1)) return true;
    // Not the library's functions: they would change every thread of the daemon.
    return syscall(SYS_setgroups, 0, nullptr) == 0 &&
           syscall(SYS_setresgid, plan.gid, plan.gid, plan.gid) == 0 &&
           syscall(SYS_setresuid, plan.uid, plan.uid, plan.uid) == 0;
}

bool prepare(const Plan& plan) {
    if (setpgid(0, 0) != 0) return false;
    for (int to = 0; to < 3; ++to)
        if (dup2(plan.streams[static_cast<std::size_t>(to)], to) < 0) return false;
    if (close_range(3, ~0U, CLOSE_RANGE_CLOEXEC) != 0 && errno != ENOSYS) return false;
    if (!drop_privileges(plan)) return false;
    for (std::size_t i = 0; i < plan.limit_count; ++i)
        if (setrlimit(static_cast<__rlimit_resource>(plan.limits.at(i).what),
                      &plan.limits.at(i).value) != 0)
            return false;
    // Set after the user is changed, which clears it.
    return prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == plan.parent &&
           prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && chdir("/") == 0;
}

[[noreturn]] void become(const Plan& plan) {
    // A handler of ours would run here in the daemon's memory; an ignored signal stays ignored.
    struct sigaction usual {};
    usual.sa_handler = SIG_DFL;
    for (int number = 1; number < NSIG; ++number) sigaction(number, &usual, nullptr);
    if (prepare(plan)) {
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, nullptr);
        execve(plan.program, plan.arguments, plan.environment);
    }
    const int error = errno;
    [[maybe_unused]] const auto told = write(plan.report, &error, sizeof error);
    _exit(127);
}

// A function of its own, because the new process uses the same stack until it is another program.
[[gnu::noinline]] pid_t launch(const Plan& plan) {
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    // Not fork: that would copy the page tables of a daemon that may have gigabytes.
    const pid_t pid = vfork();
    if (pid == 0) become(plan);
    const int error = errno;
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    errno = error;
    return pid;
}

void add_limit(Plan& plan, int what, std::size_t most, std::size_t unit) {
    if (most == 0) return;
    rlimit value{};
    value.rlim_cur = value.rlim_max = most * unit;
    rlimit now{};
    getrlimit(static_cast<__rlimit_resource>(what), &now);
    if (value.rlim_max > now.rlim_max) value.rlim_cur = value.rlim_max = now.rlim_max;
    plan.limits.at(plan.limit_count++) = {what, value};
}

void add_limits(Plan& plan, const Limits& limits) {
    constexpr std::size_t megabyte = 1024 * 1024;
    add_limit(plan, RLIMIT_CPU, limits.cpu_s, 1);
    add_limit(plan, RLIMIT_AS, limits.memory_mb, megabyte);
    add_limit(plan, RLIMIT_FSIZE, limits.file_mb, megabyte);
    add_limit(plan, RLIMIT_NOFILE, limits.files, 1);
    add_limit(plan, RLIMIT_NPROC, limits.processes, 1);
    // No core: it would hold the secrets.
    plan.limits.at(plan.limit_count++) = {RLIMIT_CORE, {0, 0}};
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (std::string& text : texts) result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

int reaped(pid_t pid) {
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
    return status;
}

Child failed(int error) {
    Child child;
    child.fault = error;
    return child;
}

void finish_start(Child& child, Pipe& report) {
    report.write.reset();
    int error = 0;
    ssize_t got = 0;
    while ((got = read(report.read.get(), &error, sizeof error)) < 0 && errno == EINTR) continue;
    if (got != sizeof error) error = 0;
    if (error == 0) {
        child.process.reset(static_cast<int>(syscall(SYS_pidfd_open, child.pid, 0)));
        if (!child.process.ok()) error = errno;
        if (error != 0) kill(-child.pid, SIGKILL);
    }
    if (error == 0) return;
    reaped(child.pid);
    child = failed(error);
}

}  // namespace

Child start(const Options& options) {
    Pipe input, output, errors, report;
    for (Pipe* each : {&input, &output, &errors, &report})
        if (const int error = make_pipe(*each); error != 0) return failed(error);
    for (const int fd : {input.write.get(), output.read.get(), errors.read.get()})
        fcntl(fd, F_SETFL, O_NONBLOCK);

    std::vector<std::string> arguments{options.command};
    arguments.insert(arguments.end(), options.arguments.begin(), options.arguments.end());
    std::vector<std::string> environment{"PATH=/usr/bin:/bin", "LANG=C.UTF-8", "HOME=/", "TZ=UTC"};
    for (const auto& [name, value] : options.secrets) environment.push_back(name + "=" + value);
    const auto argument_list = pointers(arguments);
    const auto environment_list = pointers(environment);

    Plan plan;
    plan.program = options.command.c_str();
    plan.arguments = argument_list.data();
    plan.environment = environment_list.data();
    plan.streams = {input.read.get(), output.write.get(), errors.write.get()};
    plan.report = report.write.get();
    plan.uid = options.uid;
    plan.gid = options.gid;
    plan.parent = getpid();
    add_limits(plan, options.limits);

    Child child;
    child.pid = launch(plan);
    if (child.pid < 0) return failed(errno);
    child.input = std::move(input.write);
    child.output = std::move(output.read);
    child.errors = std::move(errors.read);
    finish_start(child, report);
    return child;
}

}  // namespace jinqiao::adapters::notify::exec
