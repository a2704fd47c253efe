// What people do in more than one story.
export async function fill_report(page, say) {
  await page.getByText(say.wages, { exact: true }).click();
  await page.getByText(say.gather, { exact: true }).click();
  await page.getByText(say.pay, { exact: true }).click();
  await page.fill('input[name=workers]', '60');
  await page.fill('input[name=place]', '2号厂房门口');
  await page.fill('input[name=phone]', '13800000000');
  await page.fill('input[name=started]', (await page.inputValue('input[name=noticed]')));
}
