// What a table says, in a sentence or two: for whoever does not look at pictures, and for the minutes.
import type { Line, Table } from '../api/figures';

interface Wording {
  number: (n: number) => string;
  span_text: (minutes: number) => string;
}
type Say = (key: string, with_: Record<string, string>) => string;

const of = (line: Line | undefined, key: string) => (typeof line?.[key] === 'number' ? line[key] : 0);

function largest(table: Table, key: string): Line | undefined {
  return [...table.rows].sort((a, b) => of(b, key) - of(a, key))[0];
}

export function said_of(table: Table, words: Wording, say: Say): string {
  const n = (line: Line | undefined, key: string) => words.number(of(line, key));
  const { total } = table;
  switch (table.name) {
    case 'open':
      return of(total, 'cases') ? say('figures.said.open', { cases: n(total, 'cases'), older: n(total, 'older'), red: n(table.rows[0], 'cases') }) : say('figures.said.open_none', {});
    case 'containment':
      return of(total, 'closed') ? say('figures.said.containment', { closed: n(total, 'closed'), contained: n(total, 'contained'), percent: n(total, 'contained_percent') }) : say('figures.said.containment_none', {});
    case 'reaction':
      return reaction(table, words, say);
    case 'escalations':
      return of(total, 'escalations') ? say('figures.said.escalations', { times: n(total, 'escalations'), cases: n(total, 'cases'), signed: n(total, 'signed') }) : say('figures.said.escalations_none', {});
    case 'sign_for':
      return of(total, 'told') ? say('figures.said.sign_for', { told: n(total, 'told'), signed: n(total, 'signed'), waiting: n(total, 'waiting'), never: n(total, 'never') }) : say('figures.said.sign_for_none', {});
    case 'causes': {
      const most = largest(table, 'cases');
      return most ? say('figures.said.causes', { cases: n(total, 'cases'), cause: String(most['cause_label'] ?? ''), most: n(most, 'cases') }) : say('figures.said.none', {});
    }
    case 'workers':
      return of(total, 'cases') ? say('figures.said.workers', { workers: n(total, 'workers'), cases: n(total, 'cases'), mean: words.number(Math.round(of(total, 'workers') / of(total, 'cases'))) }) : say('figures.said.none', {});
    default:
      return '';
  }
}

function reaction(table: Table, words: Wording, say: Say): string {
  const parts = table.rows
    .filter((line) => line['grade'] === 'all' && of(line, 'cases'))
    .map((line) => say('figures.said.reaction', { step: String(line['measure_label'] ?? ''), p50: words.span_text(of(line, 'p50')), p90: words.span_text(of(line, 'p90')) }));
  return parts.length ? parts.join(say('figures.said.between', {})) : say('figures.said.reaction_none', {});
}
