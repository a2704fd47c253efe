#pragma once
#include <cstdint>
#include <filesystem>

namespace jinqiao::adapters::store::sqlite {

// A file that only takes up room, so that there is some to give up when the disk is full.
// Nothing here fails loudly: a store without a reserve works, only less comfortably.
class Reserve {
  public:
    Reserve(std::filesystem::path file, std::uint64_t bytes);
    void fill();  // unless it is there, or the disk has less than four times as much left
    void give_up();

  private:
    std::filesystem::path file_;
    std::uint64_t bytes_;
    bool full_ = false;
};

}  // namespace jinqiao::adapters::store::sqlite
