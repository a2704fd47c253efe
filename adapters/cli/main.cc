#include <csignal>
#include <exception>
#include <iostream>

#include "adapters/cli/command.h"

int main(int argc, char** argv) {
    // A reader that goes away (a closed pipe, a hung-up peer) is an error to be told, not a death.
    std::signal(SIGPIPE, SIG_IGN);
    try {
        return jinqiao::adapters::cli::run(argc, argv, std::cout, std::cerr);
    } catch (const std::exception& error) {
        std::cerr << "jinqiao: " << error.what() << '\n';
        return static_cast<int>(jinqiao::adapters::cli::Exit::could_not);
    }
}
