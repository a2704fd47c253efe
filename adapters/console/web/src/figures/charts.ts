// What is drawn of which table. Bars carry their numbers, so that nobody has to tell colours apart, and
// the table beside each chart says all of it in words.
import type { Line, Table } from '../api/figures';

export interface Series {
  name: string;
  values: (number | null)[];
  colour: string; // name of a variable of tokens.css
}
export interface Chart {
  lying: boolean; // bars from left to right: for long names
  stacked: boolean;
  names: string[];
  series: Series[];
  format: 'count' | 'percent' | 'minutes';
}

interface Wording {
  month_text: (month: string) => string;
}

const number = (line: Line, key: string) => (typeof line[key] === 'number' ? line[key] : null);
const label = (table: Table, key: string) => table.columns.find((column) => column.key === key)?.label ?? key;
const text = (line: Line, key: string) => String(line[`${key}_label`] ?? line[key] ?? '');
const most_bars = 12;

function by_month(table: Table, words: Wording, keys: [string, string][]): Chart {
  return {
    lying: false,
    stacked: true,
    names: table.rows.map((line) => words.month_text(String(line['month']))),
    series: keys.map(([key, colour]) => ({ name: label(table, key), colour, values: table.rows.map((line) => number(line, key)) })),
    format: 'count',
  };
}

const by_grade: [string, string][] = [['red', '--grade-red'], ['orange', '--grade-orange'], ['yellow', '--grade-yellow'], ['blue', '--grade-blue']];

function reaction(table: Table): Chart {
  const grades = by_grade.map(([grade]) => grade);
  const line = (measure: string, grade: string) => table.rows.find((each) => each['measure'] === measure && each['grade'] === grade) ?? {};
  const measures = [...new Set(table.rows.map((each) => String(each['measure'])))];
  return {
    lying: false,
    stacked: false,
    names: measures.map((measure) => text(table.rows.find((each) => each['measure'] === measure) ?? {}, 'measure')),
    series: grades.map((grade, i) => ({
      name: text(line(measures[0] ?? '', grade), 'grade'),
      colour: by_grade[i]?.[1] ?? '--brand',
      values: measures.map((measure) => number(line(measure, grade), 'in_time_percent')),
    })),
    format: 'percent',
  };
}

const shades = ['--brand', '--gold', '--ok', '--bad', '--line-strong'];

function escalations(table: Table, words: Wording): Chart {
  const months = [...new Set(table.rows.map((line) => String(line['month'])))];
  const levels = [...new Map(table.rows.map((line) => [String(line['level']), text(line, 'level')]))];
  const count = (month: string, level: string) => {
    const found = table.rows.find((line) => line['month'] === month && line['level'] === level);
    return found ? number(found, 'escalations') : 0;
  };
  return {
    lying: false,
    stacked: true,
    names: months.map(words.month_text),
    series: levels.map(([level, name], i) => ({ name, colour: shades[i % shades.length] ?? '--brand', values: months.map((month) => count(month, level)) })),
    format: 'count',
  };
}

function lying(table: Table, name: string, keys: [string, string][], format: Chart['format']): Chart {
  const lines = table.rows.slice(0, most_bars);
  return {
    lying: true,
    stacked: false,
    names: lines.map((line) => text(line, name)),
    series: keys.map(([key, colour]) => ({ name: label(table, key), colour, values: lines.map((line) => number(line, key)) })),
    format,
  };
}

// Nothing where a picture would say less than the table.
export function chart_of(table: Table, words: Wording): Chart | null {
  const chart = made(table, words);
  return chart?.series.some((each) => each.values.some((value) => value)) ? chart : null;
}

function made(table: Table, words: Wording): Chart | null {
  switch (table.name) {
    case 'containment':
      return by_month(table, words, [['contained', '--ok'], ['outside', '--bad']]);
    case 'reaction':
      return reaction(table);
    case 'escalations':
      return escalations(table, words);
    case 'sign_for':
      return lying(table, 'department', [['p50', '--brand'], ['p90', '--gold']], 'minutes');
    case 'causes':
      return lying(table, 'cause', [['cases', '--brand']], 'count');
    case 'workers':
      return by_month(table, words, by_grade);
    default:
      return null;
  }
}
