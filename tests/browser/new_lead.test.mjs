// A lead by hand: who calls is entered in a minute, stands in the overview and in nobody else's sight, and an open lead of
// the same person is named while one types.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { faults } from './axe.mjs';
import { Host, artefacts } from './host.mjs';
import { desk, launch, phone, signedIn } from './people.mjs';

describe('a lead by hand', () => {
  let host, browser;
  before(async () => {
    host = await Host.start();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await host?.remove();
  });

  const fill = async (page, values) => {
    for (const [name, value] of Object.entries(values)) {
      const field = page.locator(`[name=${name}]`);
      await ((await field.evaluate((one) => one.tagName)) === 'SELECT' ? field.selectOption(value) : field.fill(value));
    }
  };
  const save = (page, name) => page.locator('#new_lead').getByRole('button', { name }).click();

  test('a call is entered from the overview, without JavaScript, and leads to its lead', async () => {
    const page = await signedIn(browser, host, 'verkauf1');
    await page.goto(`${host.url}/screens/leads.overview`);
    await page.locator('#content').getByRole('link', { name: 'Neuer Lead' }).click();
    await fill(page, { came_by: 'telephone', type: 'test_drive', first_name: 'Erna', last_name: 'Anruf', phone: '0664 5550142', model: 'Qashqai', message: 'Am liebsten Freitag' });
    await page.screenshot({ path: join(artefacts, 'new_lead_de.png'), fullPage: true });
    await save(page, 'Lead eintragen');
    await page.getByRole('link', { name: 'Den Lead von Erna Anruf öffnen' }).click();
    const text = await page.locator('#content').innerText();
    for (const words of ['Erna Anruf', 'Qashqai', 'Am liebsten Freitag', 'Von Hand eingetragen', 'Lukas Steiner']) assert.ok(text.includes(words), words);
    await page.context().close();
  });

  test('what is missing stands beside its field, and what was typed stays', async () => {
    const page = await signedIn(browser, host, 'verkauf1');
    await page.goto(`${host.url}/screens/leads.new`);
    await fill(page, { last_name: 'Halb', email: 'keine' });
    await save(page, 'Lead eintragen');
    assert.match(await page.locator('#new_lead').innerText(), /Das ist keine E-Mail-Adresse/);
    assert.equal(await page.locator('[name=last_name]').inputValue(), 'Halb');
    await page.context().close();
  });

  test('an open lead of the same person is named while one types, and entered beside only where one says so', async () => {
    const page = await signedIn(browser, host, 'verkauf1', { javaScriptEnabled: true });
    await page.goto(`${host.url}/screens/leads.new`);
    await fill(page, { type: 'quote_request', first_name: 'Erna', last_name: 'Anruf', phone: '+43 664 5550142' });
    await page.locator('[name=phone]').press('Tab');
    await page.locator('.asked', { hasText: 'Erna Anruf' }).waitFor();
    await page.screenshot({ path: join(artefacts, 'new_lead_alike_de.png'), fullPage: true });
    await save(page, 'Lead eintragen');
    await page.locator('.field-error', { hasText: 'Schon offen' }).first().waitFor();
    await page.locator('[name=anyway]').check();
    await save(page, 'Lead eintragen');
    await page.getByRole('link', { name: /Den Lead von Erna Anruf/ }).waitFor();
    const all = await (await host.signIn('verkauf1')).screen('leads.overview', { tab: 'mine', q: 'Erna Anruf' });
    assert.equal(all.blocks.find((block) => block.id === 'leads').total, 2);
    await page.context().close();
  });

  test('whole and accessible on desk and phone, in German and English', async () => {
    for (const [locale, viewport, name] of [['de-AT', phone, 'de_phone'], ['en-GB', desk, 'en']]) {
      const page = await signedIn(browser, host, 'leitung', { javaScriptEnabled: true, bypassCSP: true, locale, viewport });
      await page.goto(`${host.url}/screens/leads.new`);
      await page.screenshot({ path: join(artefacts, `new_lead_${name}.png`), fullPage: true });
      assert.deepEqual(await faults(page), []);
      await page.context().close();
    }
  });
});
