// In which heap an action lies on the page. An action the console has never heard of is offered
// among those that are always open: the schema is all that is needed to ask for it.
import type { Action, BlockedAction, Case } from '../api/types';

const always = new Set([
  'update_facts', 'add_note', 'add_demand', 'answer_demand', 'report_up', 'attach_plan', 'complete_check', 'record_session',
  'ask_negotiation', 'apply_mediation', 'serve_end_notice', 'record_visit', 'rule_competence',
]);
const grave = new Set([
  'raise_grade', 'report_spread', 'party_refused', 'party_went_to_arbitration', 'withdraw', 'refer', 'close_unresolved',
  'close_no_dispute', 'split_individual', 'merge_into', 'unmerge', 'go_back', 'request_lower_grade', 'request_suspension',
  'request_skip_step', 'request_stage_extension', 'request_approval', 'request_unseal', 'offer_handover', 'recall_handover', 'reassign',
  'reopen', 'order_task_force', 'dissolve_task_force',
]);
const known_forward = new Set([
  'acknowledge', 'dispatch', 'arrive', 'confirm_facts', 'watch', 'review_watch', 'open_coordination', 'change_tier',
  'record_consent', 'refuse_mediation', 'accept_mediation', 'extend_mediation', 'end_mediation', 'request_bargaining',
  'answer_bargaining', 'call_congress', 'hold_congress', 'elect_representatives', 'record_bargaining', 'reach_agreement',
  'reopen_bargaining', 'propose_agreement', 'sign_agreement', 'apply_confirmation', 'record_confirmation',
  'start_performance', 'renegotiate', 'record_performance', 'complete_performance', 'report_breach', 'cure_breach',
  'close_settled', 'report_contained', 'resume', 'approve_request', 'reject_request', 'accept_handover',
  'decline_handover', 'reassign_task', 'review_task_force',
]);

// They move the case, but nobody hopes for them: never the button under the thumb.
const unhappy = new Set([
  'report_breach', 'refuse_mediation', 'end_mediation', 'renegotiate', 'reopen_bargaining', 'change_tier',
  'reject_request', 'decline_handover',
]);

export type Heap = 'forward' | 'always' | 'grave';

export function heap_of(name: string): Heap {
  if (grave.has(name)) return 'grave';
  if (always.has(name) || !known_forward.has(name)) return 'always';
  return 'forward';
}

export function heaps(actions: Action[]): { heap: Heap; actions: Action[] }[] {
  return (['forward', 'always', 'grave'] as const)
    .map((heap) => ({ heap, actions: actions.filter((each) => heap_of(each.name) === heap) }))
    .filter((each) => each.actions.length);
}

// What the case waits for and what is missing for it; what else something is missing for; what is only
// not due yet.
export function by_reason(blocked: BlockedAction[], next_code?: string): { next: BlockedAction[]; lacking: BlockedAction[]; not_yet: BlockedAction[] } {
  const early = (each: BlockedAction) =>
    heap_of(each.name) !== 'forward' || each.reasons.every((reason) => reason.code === 'no_transition');
  const lacking = blocked.filter((each) => !early(each));
  const awaited = answers[next_code ?? ''] ?? [];
  const is_next = (each: BlockedAction) => awaited.includes(each.name);
  return { next: lacking.filter(is_next), lacking: lacking.filter((each) => !is_next(each)), not_yet: blocked.filter(early) };
}

// What the case waits for (`next_code`), and the actions that answer it, the likeliest first.
const answers: Record<string, string[]> = {
  acknowledge: ['acknowledge'],
  verify: ['confirm_facts', 'update_facts'],
  coordinate: ['open_coordination', 'watch'],
  review: ['review_watch', 'open_coordination'],
  congress: ['hold_congress', 'call_congress'],
  elect: ['elect_representatives'],
  bargain: ['reach_agreement', 'record_bargaining'],
  consent: ['record_consent', 'accept_mediation'],
  talk: ['propose_agreement', 'record_session'],
  sign: ['sign_agreement'],
  file_with_hr: ['apply_confirmation'],
  route: ['apply_confirmation', 'start_performance'],
  await_confirmation: ['record_confirmation'],
  perform: ['record_performance'],
  breach: ['cure_breach', 'refer'],
  complete: ['complete_performance'],
  visit: ['record_visit'],
  settle: ['close_settled'],
  serve_end_notice: ['serve_end_notice'],
  final_report: ['report_up'],
};

export function most_likely(kase: Case, allowed: Action[]): Action | undefined {
  const offered = new Map(allowed.map((each) => [each.name, each]));
  // What somebody asked of me goes before what the case waits for.
  for (const name of ['accept_handover', 'approve_request', ...(answers[kase.next_code ?? ''] ?? [])])
    if (offered.has(name)) return offered.get(name);
  if (kase.next_code === 'settle' && kase.demands.some((one) => !one.answer) && offered.has('answer_demand')) return offered.get('answer_demand');
  return allowed.find((each) => heap_of(each.name) === 'forward' && !unhappy.has(each.name));
}
