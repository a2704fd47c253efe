#pragma once
#include "engine/kernel/proof/prove.h"

// Inside the proof: its parts, each of which adds what it finds.
namespace jinqiao::engine::kernel::proof {

void prove_ladders(const Question& question, const Explored& explored, Findings& out);
void prove_reach(const Question& question, const Explored& explored, Findings& out);
void prove_deadlines(const Question& question, const Explored& explored, Findings& out);
void prove_requests(const Question& question, const Explored& explored, Findings& out);
void prove_use(const Question& question, Findings& out);

}  // namespace jinqiao::engine::kernel::proof
