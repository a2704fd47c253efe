// Payloads from a JSON Schema, by somebody who knows nothing else: `fitting` ones and `broken` ones.
// The dice decide; the same dice give the same payloads.

const words = ['厂门口有人聚集', '三个月没发工资', 'seen on site', '双方均已到场', 'line 4 stands still'];

// What a form would let through, and what no form would.
const hostile = [
  '', ' ', '\u0000', '\u0007\u001b[31m', '😀👩‍👩‍👧', '\u202Eevil', '"; DROP TABLE cases; --',
  '<script>alert(1)</script>', '{{text}}', '../../etc/passwd', '%00', 'x'.repeat(100_000), '𠮷'.repeat(3000),
];

export function maker(dice, known) {
  const pick = (list) => list[dice.between(0, list.length - 1)];

  function text(schema) {
    if (schema.format === 'date') return day(dice.between(-20, 40));
    if (schema.format === 'date-time') return stamp(-dice.between(0, 600));
    const kind = schema['x-kind'];
    if (kind && known[kind]?.length) return pick(known[kind]);
    const longest = schema.maxLength ?? 200;
    return pick(words).slice(0, longest);
  }

  function fitting(schema) {
    if (schema.oneOf) return pick(schema.oneOf).const;
    if (schema.const !== undefined) return schema.const;
    switch (schema.type) {
      case 'object': {
        const out = {};
        for (const [name, each] of Object.entries(schema.properties ?? {}))
          if (schema.required?.includes(name) || dice.next() < 0.35) out[name] = fitting(each);
        return out;
      }
      case 'array': {
        const least = schema.minItems ?? 0;
        return Array.from({ length: dice.between(least, least + 2) }, () => fitting(schema.items ?? {}));
      }
      case 'integer':
      case 'number':
        return Math.max(schema.minimum ?? 0, dice.between(0, 60));
      case 'boolean':
        return dice.next() < 0.7;
      case 'string':
        return text(schema);
      default:
        return { reason: pick(words) };
    }
  }

  // One thing about it is wrong.
  function broken(schema) {
    const good = fitting(schema);
    const names = Object.keys(good);
    const ways = [
      () => ({ ...good, [`nobody_knows_${dice.between(1, 9)}`]: 1 }),
      () => (names.length ? { ...good, [pick(names)]: { wrong: ['type', 1] } } : { ...good, note: 7 }),
      () => (names.length ? { ...good, [pick(names)]: null } : { ...good, note: [] }),
      () => ({ ...good, [names.length ? pick(names) : 'note']: pick(hostile) }),
      () => Object.fromEntries(Object.entries(good).filter(([name]) => !schema.required?.includes(name))),
      () => ({ ...good, occurred_at: stamp(60 * 24 * 400) }),
      () => ({ ...good, [names.length ? pick(names) : 'note']: -9007199254740993 }),
      () => [good],
      () => 'a string',
    ];
    return pick(ways)();
  }

  // As text, so that what is no JSON at all is possible too.
  function rubbish(schema) {
    const good = JSON.stringify(fitting(schema));
    return pick([
      good.slice(0, -1), good + good, `{"a":1,"a":2}`, '['.repeat(5000), '\uFEFF' + good, 'null', '{"note":"\\ud800"}',
      `{"note":${'9'.repeat(400)}}`, '{"note":"\u0001"}',
    ]);
  }

  return { fitting, broken, rubbish, pick };
}

export const stamp = (minutes) => new Date(Date.now() + minutes * 60_000).toISOString().replace(/\.\d+Z$/, '+00:00');
export const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
