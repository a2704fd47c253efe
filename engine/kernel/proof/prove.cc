#include "engine/kernel/proof/parts.h"

namespace jinqiao::engine::kernel::proof {

namespace {

// An open configuration without an owner, a next step, a due time or somebody to tell.
void prove_whole(const Explored& explored, Findings& out) {
    for (const auto& [what, met] : explored.without)
        out.push_back({"case.lacks",
                       {Place::Kind::workflow, {}, {}},
                       {"check.situation.whole", {}},
                       {"check.situation.lacks", {{"what", what}}},
                       met.shown,
                       false});
}

}  // namespace

Proof prove(const Question& question) {
    Proof proof;
    proof.explored = explore(question.world, question.filer, question.from);
    auto& out = proof.findings;
    out = proof.explored.findings;
    prove_whole(proof.explored, out);
    prove_ladders(question, proof.explored, out);
    prove_reach(question, proof.explored, out);
    prove_deadlines(question, proof.explored, out);
    prove_requests(question, proof.explored, out);
    prove_use(question, out);
    return proof;
}

}  // namespace jinqiao::engine::kernel::proof
