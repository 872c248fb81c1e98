// The report for the manufacturer as somebody makes it: chosen, read, opened to the leads, exported, printed; nobody is
// named in it.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Client, Host, artefacts } from './host.mjs';
import { faults } from './axe.mjs';
import { desk, launch, phone, signedIn } from './people.mjs';

describe('the report for the manufacturer', () => {
  let host, browser;

  before(async () => {
    host = await Host.start();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await host?.remove();
  });

  const address = (query = '') => `${host.url}/screens/leads.manufacturer${query}`;
  const picture = (page, name) => page.screenshot({ path: join(artefacts, `${name}.png`), fullPage: true });
  const table = (document, id) => Client.block(document, 'tables').blocks.find((one) => one.id === id);
  const digits = (text) => Number(text.replace(/\D/g, ''));

  test('the last quarter stands there, and a number opens its leads', async () => {
    const leitung = await signedIn(browser, host, 'leitung');
    await leitung.goto(`${host.url}/screens/leads.evaluation`);
    await leitung.getByRole('link', { name: 'Bericht für den Hersteller' }).first().click();
    assert.equal(await leitung.locator('h1').innerText(), 'Bericht für den Hersteller');
    assert.equal(await leitung.locator('select[name=period]').inputValue(), 'last_quarter');
    await picture(leitung, 'manufacturer_de');
    for (const [id, column] of [['answered', 'Eingegangen'], ['outcome', 'Davon verkauft'], ['outcome', 'Im Zeitraum verkauft']]) {
      // given
      await leitung.goto(address('?period=this_year'));
      const heads = await leitung.locator(`#${id} thead th`).allInnerTexts();
      const link = leitung.locator(`#${id} tbody tr`).first().locator(`td:nth-child(${heads.indexOf(column) + 1}) a`);
      const number = digits(await link.innerText());
      // when
      await link.click();
      // then
      assert.match(leitung.url(), /leads\.overview/);
      assert.equal(digits((await leitung.locator('.pager .count-text').innerText()).split('von').pop()), number, column);
    }
    await leitung.context().close();
  });

  test('it is exported and printed without anybody’s name', async () => {
    const leitung = await host.signIn('leitung');
    const people = new Set((await leitung.leads({ tab: 'all' })).map((row) => row.cells.prospect.value));
    const sales = Client.block(await leitung.screen('leads.evaluation', { period: 'all' }), 'tables').blocks
      .find((one) => one.id === 'by_salesperson').rows.map((row) => row.cells.group.text);
    const csv = await (await leitung.get('/screens/leads.manufacturer/export.csv?period=this_year')).text();
    assert.match(csv, /Wien AT10017;Alle;\d+[\s\S]*Wien;Probefahrt;\d+[\s\S]*Nachfassungen eingehalten[\s\S]*Graz;Probefahrt;\d+/);
    const page = JSON.stringify(await leitung.screen('leads.manufacturer', { period: 'this_year' }));
    for (const text of [csv, page]) {
      for (const name of [...people, ...sales]) assert.ok(!text.includes(name) || name === 'Nicht zugewiesen', name);
    }
    const sheet = await leitung.get('/screens/leads.manufacturer/export.xlsx?period=this_year', '*/*');
    assert.equal(sheet.status, 200);
    const screen = await signedIn(browser, host, 'leitung');
    await screen.goto(address('?period=this_year'));
    await screen.emulateMedia({ media: 'print' });
    await screen.setViewportSize({ width: 1060, height: 1500 });
    await picture(screen, 'manufacturer_print_de');
    assert.ok(await screen.evaluate(() => document.documentElement.scrollWidth) <= 1060, 'nothing is cut on paper');
    assert.equal(await screen.locator('.filters button:visible').count(), 0, 'the filters are words there');
    await screen.context().close();
  });

  test('each sees his own, and bad input is a sentence', async () => {
    const whole = await (await host.signIn('leitung')).screen('leads.manufacturer', { period: 'this_year' });
    const graz = await (await host.signIn('graz1')).screen('leads.manufacturer', { period: 'this_year' });
    const places = table(graz, 'answered').rows.map((row) => row.id.split('/')[0]);
    assert.deepEqual([...new Set(places)], ['graz']);
    const of = (document, id) => table(document, 'answered').rows.find((row) => row.id === id)?.cells.received.value;
    assert.equal(of(graz, 'graz/test_drive'), of(whole, 'graz/test_drive'));
    assert.equal(of(graz, 'graz/quote_request'), undefined);
    const leitung = await host.signIn('leitung');
    for (const query of [{ period: 'x' }, { category: 'nobody' }, { period: 'range', from: '2026-13-01' }, { from: '2026-02-01', to: '2026-01-01' }]) {
      const answer = await leitung.get(`/screens/leads.manufacturer?${new URLSearchParams(query)}`);
      assert.ok([400, 422].includes(answer.status), `${JSON.stringify(query)}: ${answer.status}`);
    }
  });

  for (const [locale, suffix] of [['de-AT', 'de'], ['en-GB', 'en']]) {
    test(`accessible and whole, on a desk and a phone, ${locale}`, async () => {
      for (const [viewport, size] of [[desk, ''], [phone, '_phone']]) {
        const page = await signedIn(browser, host, 'leitung', { locale, viewport, bypassCSP: true, javaScriptEnabled: true });
        for (const [name, path] of [['manufacturer_year', '/screens/leads.manufacturer?period=this_year'], ['help_manufacturer', '/screens/leads.help?page=manufacturer']]) {
          assert.equal((await page.goto(host.url + path)).status(), 200, name);
          await picture(page, `${name}${size}_${suffix}`);
          assert.deepEqual(await faults(page), [], `${name}${size}_${suffix}`);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          assert.ok(wide <= viewport.width, `${name}${size} is ${wide} wide`);
        }
        await page.context().close();
      }
    });
  }
});
