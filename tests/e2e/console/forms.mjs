// Filling in the console's forms as people do: by the words of each question, which are those of the
// schema the form was made from.
import assert from 'node:assert/strict';

const exact = (text) => new RegExp(`^\\s*${text.replace(/\s*[(（](fen|分)[)）]$/, '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*\\*?\\s*$`);

// A time as <input type="datetime-local"> takes it, so many minutes ago, in the zone of the server.
export const local = (minutes_ago = 0) => new Date(Date.now() - minutes_ago * 60_000 + 8 * 3_600_000).toISOString().slice(0, 16);
export const today = () => local().slice(0, 10);
export const paper = { name: '材料.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n') };

async function put_one(page, box, schema, value) {
  if (schema.type === 'array' && schema.items?.oneOf) {
    for (const code of value) await box.locator('.chip', { hasText: exact(schema.items.oneOf.find((each) => each.const === code).title) }).click();
  } else if (schema.type === 'array' && schema.items?.type === 'object') {
    for (let i = 0; i < value.length; ++i) {
      if ((await box.locator(':scope > .rows > .nested').count()) <= i) await box.locator(':scope > .rows > .el-button').click();
      await put(page, box.locator(':scope > .rows > .nested').nth(i), schema.items, value[i]);
    }
  } else if (schema.oneOf && schema.oneOf.length <= 5) {
    await box.locator('.chip', { hasText: exact(schema.oneOf.find((each) => each.const === value).title) }).click();
  } else if (schema.oneOf) {
    await box.locator('select').selectOption(value);
  } else if (schema.type === 'boolean') {
    await box.locator('.chip').nth(value ? 0 : 1).click();
  } else if (schema['x-kind'] === 'document') {
    await box.locator('input[type=file]').setInputFiles(value);
    await box.locator('li').first().waitFor();
  } else if (['post', 'person', 'reference', 'case'].includes(schema['x-kind']) && (await has_choice(box, value))) {
    await box.locator('select').selectOption(value);
  } else {
    await box.locator('input, textarea').first().fill(String(value));
  }
}

async function has_choice(box, value) {
  return box.locator(`select option[value="${value}"]`).waitFor({ state: 'attached', timeout: 4000 }).then(() => true, () => false);
}

export async function put(page, scope, schema, values) {
  for (const [name, value] of Object.entries(values)) {
    const field = schema.properties[name];
    assert.ok(field, `the form asks for ${name}`);
    if (field.type === 'object') {
      const fold = scope.locator('details.fold', { has: page.locator('> summary', { hasText: exact(field.title) }) });
      if (await fold.count()) {
        if ((await fold.first().getAttribute('open')) === null) await fold.first().locator('> summary').click();
        await put(page, fold.first().locator('> .nested'), field, value);
        continue;
      }
      const box = scope.locator('.field', { has: page.locator('> .label', { hasText: exact(field.title) }) }).first();
      await put(page, box.locator('> .nested'), field, value);
      continue;
    }
    await put_one(page, scope.locator('.field', { has: page.locator('> .label', { hasText: exact(field.title) }) }).first(), field, value);
  }
}

// Opens the form of an action on the case page, answers it and sends it. `as` is whose token tells
// the schema; `look` takes the filled form for one more look.
export async function do_by_form(stage, page, as, kase, name, values = {}, look = null) {
  const { allowed, blocked } = await stage.as(as, 'GET', `/cases/${kase}/actions`, undefined, page.language);
  const action = allowed.find((each) => each.name === name);
  assert.ok(action, `${name} is allowed; blocked: ${JSON.stringify(blocked.find((each) => each.name === name)?.reasons)}`);
  const button = page.locator('.panel, [data-card=requests], .offer').getByRole('button', { name: action.label, exact: true }).first();
  const fold = page.locator('.panel details:not([open])', { has: page.getByRole('button', { name: action.label, exact: true, includeHidden: true }) });
  await button.or(fold.first()).first().waitFor({ state: 'attached' });
  if (await fold.count()) await fold.first().locator('> summary').click();
  await button.click();
  const form = page.getByRole('dialog');
  await form.locator('form').waitFor();
  for (const closed = form.locator('details.rest:not([open]) > summary:visible'); (await closed.count()) > 0; ) await closed.first().click();
  await put(page, form, action.schema, values);
  if (look) await stage.look(page, look);
  await form.locator('button[type=submit]').click();
  const note = form.getByRole('alert').first();
  await Promise.race([form.waitFor({ state: 'detached' }), note.waitFor().then(async () => assert.fail(`${name}: ${await note.innerText()}`), () => undefined)]);
  await page.locator('.said').filter({ hasText: action.label }).waitFor();
}
