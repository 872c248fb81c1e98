// The evaluation as people see it: every number on the page is a link, and opens exactly the leads that it counts.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Client, Host, artefacts, eventually } from './host.mjs';
import { launch, signedIn } from './people.mjs';

describe('the page of the evaluation', () => {
  let host, browser;

  before(async () => {
    host = await Host.start();
    // The manufacturer's answers to the demo's leads come in first: numbers that move cannot be compared.
    const program = await host.signIn('leitung');
    await eventually('the feedback is sent', async () =>
      Client.block(await program.screen('leads.evaluation', { period: 'all' }), 'key_figures').values.feedback_pending === 0, 240);
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await host?.remove();
  });

  const person = (user, locale = 'de-AT') => signedIn(browser, host, user, { locale });

  const digits = (text) => Number(text.replace(/\D/g, ''));
  /** The numbers of the document that lead somewhere, in the order in which the page shows them. */
  function linked(document) {
    return Client.block(document, 'tables').blocks.flatMap((table) =>
      [...table.rows, ...(table.totals ? [{ id: 'total', cells: table.totals }] : [])].flatMap((row) =>
        table.columns.flatMap((column) => {
          const cell = row.cells[column.id];
          if (!cell?.linked && !cell?.link) return [];
          const [part, of] = (cell.title ?? cell.text).split(/ von | of /);
          // A rate of a whole leads to that whole, a share of the table to its own leads.
          const rate = ['success_rate', 'within_deadline'].includes(column.id);
          return [{ where: `${table.id}/${row.id}/${column.id}`, text: cell.text, leads: digits(rate ? of : part) }];
        })));
  }
  const shown = (page) => page.$$eval('#tables td a, #tables th a', (links) =>
    links.map((link) => ({ text: link.textContent, address: link.getAttribute('href') })));

  for (const [what, query] of [['the last twelve weeks', ''], ['everything', 'period=all'], ['a month beside the year before, day by day', 'period=last_month&compare=year&by=day'],
    ['expiring contracts', 'period=all&type=finance_expiry'], ['one place', 'period=all&location=graz&type=siebel_nissan']]) {
    test(`every number is a link to exactly its leads: ${what}`, async () => {
      // given
      const leitung = await person('leitung');
      const program = await host.signIn('leitung');
      await leitung.goto(`${host.url}/screens/leads.evaluation?${query}`);
      if (query === '') await leitung.screenshot({ path: join(artefacts, 'evaluation_links_de.png'), fullPage: true });
      const expected = linked(await program.json(`/screens/leads.evaluation?${query}`));
      // when
      const links = await shown(leitung);
      // then: none is missing
      assert.deepEqual(links.map((link) => link.text), expected.map((one) => one.text));
      assert.ok(links.length > (query.includes('type=') ? 30 : 150), `${links.length} links`);
      assert.ok(links.every((link) => link.text !== '0'), '0 is no link');
      // and: each opens as many leads as it says
      const known = new Map();
      for (const [at, { address }] of links.entries()) {
        assert.match(address, /^\/screens\/leads\.overview(\?|$)/);
        if (!known.has(address)) {
          const one = address + (address.includes('?') ? '&' : '?') + 'limit=1';
          known.set(address, Client.block(await program.json(one), 'leads').total);
        }
        assert.equal(known.get(address), expected[at].leads, `${expected[at].where}: ${address}`);
      }
      await leitung.context().close();
    });
  }

  test('a number that is clicked opens the list of its leads', async () => {
    const leitung = await person('leitung');
    await leitung.goto(`${host.url}/screens/leads.evaluation?period=all`);
    const link = leitung.locator('#funnel a', { hasText: /^\d/ }).nth(2);
    const said = await link.innerText();
    await link.click();
    await leitung.waitForURL(/leads\.overview/);
    const number = digits(said);
    assert.match((await leitung.locator('.pager').innerText()).replace(/\s/g, ' '), new RegExp(`von ${number} Leads`));
    await leitung.screenshot({ path: join(artefacts, 'evaluation_opened_de.png') });
    await leitung.context().close();
  });

  test('a type without test drives has none: not in the funnel, not by salesperson, not by state', async () => {
    // given: contracts, some of them sold
    const program = await host.signIn('leitung');
    const document = await program.screen('leads.evaluation', { period: 'all', type: 'finance_expiry' });
    const columns = (id) => Client.block(document, 'tables').blocks.find((table) => table.id === id).columns.map((one) => one.id);
    // then
    const values = Client.block(document, 'key_figures').values;
    assert.equal(values.appointments, 0);
    assert.equal(values.test_drives, 0);
    assert.ok(values.received > 0);
    assert.deepEqual(columns('funnel'), ['row', 'received', 'contacted', 'offers', 'sold']);
    assert.ok(!columns('by_salesperson').includes('test_drives'));
    for (const state of ['appointment', 'test_drive_done']) assert.ok(!columns('by_type_and_state').includes(state));
    const leitung = await person('leitung');
    await leitung.goto(`${host.url}/screens/leads.evaluation?period=all&type=finance_expiry`);
    await leitung.screenshot({ path: join(artefacts, 'evaluation_finance_de.png'), fullPage: true });
    await leitung.context().close();
    // and: no stage counts more than what happened, over all types
    const all = Client.block(await program.screen('leads.evaluation', { period: 'all' }), 'key_figures').values;
    const drives = (await program.leads({ export: 'csv' })).filter((row) => row.cells.stages.value.split(' ').includes('test_drive'));
    assert.equal(all.test_drives, drives.length);
    assert.equal(all.test_drives, (await program.leads({ stage: 'test_drive' })).length);
  });
});
