import { useI18n } from 'vue-i18n';

// The word for a code of the engine, such as word('demand', 'apology'); the code itself where the
// console has never heard of it.
export function use_words(): (kind: string, code: unknown) => string {
  const { t, te } = useI18n();
  return (kind, code) => {
    const key = `code.${kind}.${String(code)}`;
    return te(key) ? t(key) : String(code ?? '');
  };
}

// The codes of a first report, in the order in which people need them. Their words stand in the
// catalogues under `code.`; the engine knows the same codes (workflows/dispute).
export const causes = [
  'wage_arrears', 'layoff', 'pay_cut', 'closure', 'relocation', 'social_insurance', 'overtime_leave', 'contract_change',
  'restructuring', 'merger_sale', 'hq_decision', 'market_shift', 'insolvency', 'agency_work', 'injury_safety', 'welfare',
  'management_conduct', 'election_union', 'other',
] as const;

export const behaviours = [
  'talk', 'collective_letter', 'slow_down', 'stoppage', 'gathering_inside', 'gathering_public', 'gate_block', 'road_block',
  'petition', 'online_posts', 'damage', 'violence', 'detention_of_person', 'self_harm_threat',
] as const;

// People in danger: the page says to call the police first.
export const dangers: readonly string[] = ['violence', 'detention_of_person', 'self_harm_threat', 'damage', 'road_block'];

export const demands = [
  'pay_arrears', 'compensation', 'higher_compensation', 'keep_job', 'insurance_backpay', 'overtime_pay', 'year_end_bonus',
  'transfer_terms', 'injury_payment', 'information', 'apology', 'management_change', 'other',
] as const;
