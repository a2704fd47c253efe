// Photographs and papers of a report, on good networks and bad ones.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { fill_report } from '../acts.mjs';

// EXIF with which way is up and a place: GPSLatitude 31°14'.
function exif_with_place() {
  const u16 = (n) => [n >> 8, n & 255];
  const u32 = (n) => [n >>> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255];
  const entry = (tag, type, count, value) => [...u16(tag), ...u16(type), ...u32(count), ...value];
  const tiff = [
    0x4d, 0x4d, 0, 42, ...u32(8),
    ...u16(2), ...entry(0x0112, 3, 1, [...u16(1), 0, 0]), ...entry(0x8825, 4, 1, u32(38)), ...u32(0),
    ...u16(2), ...entry(1, 2, 2, [78, 0, 0, 0]), ...entry(2, 5, 3, u32(68)), ...u32(0),
    ...u32(31), ...u32(1), ...u32(14), ...u32(1), ...u32(0), ...u32(1), ...Buffer.from('PLACE-WHERE-IT-WAS'),
  ];
  const content = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), Buffer.from(tiff)]);
  return Buffer.concat([Buffer.from([0xff, 0xe1, ...u16(content.length + 2)]), content]);
}

export default (stage) => {
  const files = (page) => page.locator('input[type=file][multiple]');
  const items = (page) => page.locator('.items li');
  // What the page shows, as a camera would have taken it.
  async function photograph(page, name = 'IMG_2041.jpg') {
    const picture = await page.screenshot({ type: 'jpeg', quality: 70 });
    return { name, mimeType: 'image/jpeg', buffer: Buffer.concat([picture.subarray(0, 2), exif_with_place(), picture.subarray(2), Buffer.from('film behind its end')]) };
  }
  async function begin(page) {
    await stage.sign_in(page, 'a_enterprise_union');
    await page.goto(`${stage.url}/report`);
    await files(page).waitFor({ state: 'attached' });
  }
  async function send(page) {
    await page.locator('form button[type=submit]').click();
    await page.waitForURL(/receipt/);
    return /cases\/([^/]+)\/receipt/.exec(page.url())[1];
  }
  const papers = async (id) => (await stage.as('duty_officer', 'GET', `/documents?case=${id}`)).items;

  return {
    async 'a photograph is stored without its place, and seen by whoever handles the case'(page, say) {
      await begin(page);
      await fill_report(page, say);
      const photo = await photograph(page);
      assert.ok(photo.buffer.includes('PLACE-WHERE-IT-WAS'));
      await files(page).setInputFiles([photo, { name: '公告.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n') }]);
      await page.locator('.items li.sent').nth(1).waitFor();
      assert.ok(await page.locator('.items li img').first().evaluate((image) => image.decode().then(() => image.naturalWidth > 0)), 'it is shown');
      await stage.look(page, 'attached');
      const id = await send(page);
      const rows = await papers(id);
      assert.deepEqual(rows.map((row) => row.name).sort(), ['IMG_2041.jpg', '公告.pdf']);
      const row = rows.find((one) => one.type === 'image/jpeg');
      const stored = await fetch(`${stage.api}${row.url}`, { headers: { Authorization: `Bearer ${stage.tokens.duty_officer}` } });
      const bytes = Buffer.from(await stored.arrayBuffer());
      assert.ok(!bytes.includes('PLACE-WHERE-IT-WAS') && !bytes.includes('film behind') && !bytes.includes('Exif'), 'nothing beside the picture');
      assert.match(stored.headers.get('content-disposition'), /^attachment/);
      assert.match(stored.headers.get('content-security-policy'), /sandbox/);
      assert.equal(stored.headers.get('x-content-type-options'), 'nosniff');
      await page.locator('.papers img').first().waitFor();
      await stage.look(page, 'receipt-papers');

      const officer = await stage.visitor({ language: page.language, size: 'desktop' });
      try {
        await stage.sign_in(officer, 'a_duty_officer');
        await officer.goto(`${stage.url}/cases/${id}`);
        await officer.locator('.papers button.picture').first().click();
        const whole = officer.getByRole('dialog').locator('img');
        await whole.waitFor();
        assert.ok(await whole.evaluate((image) => image.decode().then(() => image.naturalWidth > 0)));
        await officer.keyboard.press('Escape');
      } finally {
        await officer.context().close();
      }
    },

    async 'what is too large or of another kind is told before anything is sent'(page) {
      await begin(page);
      let sent = 0;
      page.on('request', (request) => (sent += request.method() === 'POST' && request.url().includes('/documents') ? 1 : 0));
      await page.locator('.card .small', { hasText: /MB/ }).first().waitFor();
      const made = Object.entries({ 'video.mp4': 1000, 'huge.jpg': 21 << 20, 'empty.pdf': 0 }).map(([name, size]) => {
        writeFileSync(join(stage.home, name), Buffer.alloc(size, 1));
        return join(stage.home, name);
      });
      await files(page).setInputFiles(made);
      await page.locator('.turned-down li').nth(2).waitFor();
      await stage.look(page, 'refused');
      assert.equal(sent, 0);
      assert.equal(await items(page).count(), 0);
      // What calls itself a picture and is none, the server finds out.
      await files(page).setInputFiles([{ name: 'picture.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<html>nothing of a picture</html>') }]);
      await page.locator('.items li.refused .note').waitFor();
      await page.locator('.items li button').click();
      await items(page).first().waitFor({ state: 'detached' });
    },

    async 'a bad network delays an attachment and loses nothing'(page, say) {
      await begin(page);
      await fill_report(page, say);
      page.quiet = true;
      let lost = 0;
      await page.route('**/api/v1/documents?*', (route) => {
        lost += 1;
        return route.abort();
      });
      await files(page).setInputFiles([await photograph(page)]);
      await page.locator('.items li.again').waitFor();
      await page.locator('form button[type=submit]').click();
      await page.locator('#lacks').waitFor(); // it says what it waits for
      await stage.look(page, 'attachment-waits');
      await page.unroute('**/api/v1/documents?*');
      await page.locator('.row.again button').click();
      await page.locator('.items li.sent').waitFor();
      assert.ok(lost >= 1);
      page.quiet = false;
      assert.equal((await papers(await send(page))).length, 1);
    },

    async 'a reload keeps what was attached, and a removed one is not filed'(page, say) {
      await begin(page);
      await fill_report(page, say);
      await files(page).setInputFiles([await photograph(page, 'first.jpg'), { name: 'second.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\nsecond paper') }]);
      await page.locator('.items li.sent').nth(1).waitFor();
      await page.reload();
      await page.locator('.items li.sent').nth(1).waitFor();
      await items(page).filter({ hasText: 'second.pdf' }).getByRole('button').click();
      await page.waitForFunction(() => document.querySelectorAll('.items li').length === 1);
      await page.reload();
      await page.locator('.items li.sent').first().waitFor();
      assert.equal(await items(page).count(), 1);
      assert.deepEqual((await papers(await send(page))).map((row) => row.name), ['first.jpg']);
      await page.goto(`${stage.url}/report`);
      await files(page).waitFor({ state: 'attached' });
      await page.waitForTimeout(300);
      assert.equal(await items(page).count(), 0, 'the next report begins empty');
    },

    async 'on a device that keeps nothing the page says so'(page) {
      await page.addInitScript(() => {
        indexedDB.open = () => {
          throw new Error('switched off');
        };
      });
      await begin(page);
      await files(page).setInputFiles([await photograph(page)]);
      await page.locator('.items li.sent').waitFor();
      await page.locator('.card .warn').waitFor();
      await stage.look(page, 'not-kept');
      await items(page).getByRole('button').click();
    },
  };
};
