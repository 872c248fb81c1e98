// Somebody is away and somebody else works; new leads go to salespeople by themselves; a lead that came twice is one. As
// people do it, on the large screen and on the phone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Host, artefacts, eventually, sample } from './host.mjs';
import { launch, phone, signedIn } from './people.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const day = (later = 0) => new Date(Date.now() + later * 86_400_000).toISOString().slice(0, 10);

describe('absence, assignment and duplicates', () => {
  let host, browser, leitung;

  before(async () => {
    host = await Host.start();
    browser = await launch();
    leitung = await host.signIn('leitung', 'demo');
  });
  after(async () => {
    await browser?.close();
    await host?.remove();
  });

  const person = (user, how = {}) => signedIn(browser, host, user, { bypassCSP: true, ...how });
  const picture = (page, name) => page.screenshot({ path: join(artefacts, `${name}.png`), fullPage: true });
  const dialog = (page) => page.locator('.dialog:popover-open');
  const flaws = async (page) => {
    await page.addScriptTag({ content: axe });
    return (await page.evaluate(() => window.axe.run())).violations.map((one) => `${one.id}: ${one.nodes[0].html}`);
  };
  const blockOf = (document, id) => document.blocks.find((one) => one.id === id);
  const listed = async (who, params) => blockOf(await who.screen('leads.overview', params), 'leads').rows;

  test('a salesperson enters his absence, and his deputy works his leads', async () => {
    // given
    const [row] = await listed(leitung, { tab: 'unassigned' });
    await leitung.act('leads.lead', 'assign', { id: row.id, version: row.version, user: 'verkauf1' });
    // when
    const verkauf = await person('verkauf1', { javaScriptEnabled: true });
    await verkauf.goto(`${host.url}/screens/leads.absence`);
    await verkauf.fill('input[name=from]', day());
    await verkauf.fill('input[name=to]', day(4));
    await verkauf.selectOption('select[name=deputy]', 'verkauf2');
    await verkauf.getByRole('button', { name: 'Abwesenheit eintragen' }).click();
    // then
    assert.match(await verkauf.locator('.notice').first().innerText(), /vertritt/);
    assert.deepEqual(await flaws(verkauf), []);
    await picture(verkauf, 'absence_de');
    const deputy = await person('verkauf2');
    await deputy.goto(`${host.url}/screens/leads.overview?tab=mine`);
    assert.equal(await deputy.locator(`tr[data-id="${row.id}"]`).count(), 1);
    await picture(deputy, 'absence_deputy_de');
    await deputy.goto(`${host.url}/screens/leads.absence`);
    assert.match(await deputy.locator('main').innerText(), /Sie vertreten/);
    // and: whoever assigns reads who is away
    const page = await person('leitung');
    await page.goto(`${host.url}/screens/leads.lead?id=${row.id}`);
    assert.match(await page.locator('main').innerText(), /abwesend bis/);
    for (const one of [verkauf, deputy, page]) await one.context().close();
  });

  test('somebody who falls ill has no deputy: it is said, and the leads are handed over at once', async () => {
    // given
    for (const row of (await listed(leitung, { tab: 'unassigned' })).slice(0, 2)) {
      await leitung.act('leads.lead', 'assign', { id: row.id, version: row.version, user: 'verkauf3' });
    }
    const page = await person('leitung');
    await page.goto(`${host.url}/screens/leads.absence`);
    await page.selectOption('select[name=user]', 'verkauf3');
    await page.fill('input[name=from]', day());
    await page.fill('input[name=to]', day(2));
    await page.getByRole('button', { name: 'Abwesenheit eintragen' }).click();
    assert.match(await page.locator('.notice').first().innerText(), /Niemand vertritt/);
    await page.goto(`${host.url}/screens/leads.overview?tab=absent`);
    assert.ok(await page.locator('#leads tbody tr').count() >= 2);
    await picture(page, 'absence_nobody_de');
    // when
    await page.goto(`${host.url}/screens/leads.absence`);
    await page.locator('#absences tr', { hasText: 'niemand' }).getByRole('button', { name: 'Übergeben' }).click();
    await dialog(page).locator('select[name=to]').selectOption('verkauf2');
    await picture(page, 'absence_hand_over_de');
    await dialog(page).getByRole('button', { name: 'Übergeben' }).click();
    // then
    assert.match(await page.locator('.notice').first().innerText(), /übergeben/);
    assert.equal((await listed(leitung, { tab: 'absent', assignee: 'verkauf3' })).length, 0);
    await page.context().close();
  });

  test('on the phone it is entered as well', async () => {
    const page = await person('verkauf4', { viewport: phone, locale: 'en', javaScriptEnabled: true });
    await page.goto(`${host.url}/screens/leads.absence`);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true);
    assert.deepEqual(await flaws(page), []);
    await picture(page, 'absence_phone_en');
    await page.context().close();
  });

  test('the command line enters what the DMS knows, and the page says where it is from', async () => {
    const made = host.run(['absence', 'add', 'verkauf4', day(), day(1), '--deputy', 'verkauf2']);
    assert.equal(made.status, 0, made.stderr);
    assert.equal(host.run(['absence', 'add', 'verkauf4', 'morgen', day(1)]).status, 2);
    const rows = blockOf(await leitung.screen('leads.absence', {}), 'absences').rows;
    const told = rows.find((one) => /DMS/.test(one.cells.who.detail));
    assert.ok(told);
    assert.ok(!(told.actions ?? []).some((one) => one.action === 'end_absence'));
  });

  test('new leads go to salespeople by themselves where it is on, and say why', async () => {
    // given
    const admin = await host.signIn('admin', 'demo');
    const page = await person('admin', { javaScriptEnabled: true });
    await page.goto(`${host.url}/screens/leads.settings?tab=assignment`);
    await picture(page, 'assignment_de');
    assert.deepEqual(await flaws(page), []);
    for (const row of blockOf(await admin.screen('leads.settings', { tab: 'assignment' }), 'assignment').rows) {
      const change = row.actions[0];
      const all = change.fields[0].options.map((one) => one.value);
      await admin.act('leads.settings', 'assignment', { ...change.input, locations: all });
    }
    await page.goto(`${host.url}/screens/leads.settings?tab=assignment`);
    await picture(page, 'assignment_on_de');
    // when
    const posted = await host.post('siebel_nissan', sample('siebel_nissan/test_drives_2020-07-22.xml'));
    const report = await posted.json();
    const id = report.items?.find((one) => one.outcome === 'accepted')?.lead;
    assert.ok(id, JSON.stringify(report));
    // then
    const lead = await eventually('assigned', async () => {
      const document = await leitung.screen('leads.lead', { id });
      const line = JSON.stringify(document);
      return /wenigsten offenen Leads|Kunden betreut|fewest open leads|looks after the customer/.test(line) && document;
    }, 90);
    assert.ok(lead);
    await page.context().close();
  });

  test('a lead that came twice is closed as a duplicate and taken back', async () => {
    // given
    const rows = await listed(leitung, { tab: 'open' });
    const [kept, twice] = rows;
    const page = await person('leitung');
    await page.goto(`${host.url}/screens/leads.lead?id=${twice.id}`);
    await page.locator('summary, button', { hasText: 'Mehr' }).first().click();
    await page.getByRole('button', { name: 'Dublette von …' }).first().click();
    await dialog(page).locator('input[name=number]').fill(kept.id);
    await picture(page, 'duplicate_dialog_de');
    await dialog(page).getByRole('button', { name: 'Als Dublette schließen' }).click();
    // then
    await page.goto(`${host.url}/screens/leads.lead?id=${twice.id}`);
    assert.match(await page.locator('main').innerText(), new RegExp(`Dublette von Lead ${kept.id}`));
    await picture(page, 'duplicate_de');
    await page.goto(`${host.url}/screens/leads.overview?tab=all&state=invalid`);
    assert.match(await page.locator(`tr[data-id="${twice.id}"]`).innerText(), new RegExp(`Dublette von ${kept.id}`));
    await page.goto(`${host.url}/screens/leads.lead?id=${kept.id}`);
    await picture(page, 'duplicate_kept_de');
    assert.match(await page.locator('main').innerText(), new RegExp(`Dubletten dieses Leads: ${twice.id}`));
    // when: the one that goes on becomes a duplicate too
    const head = rows[2];
    const version = async (id) => String((await leitung.lead(id)).version);
    const closed = await leitung.act('leads.lead', 'close_duplicate', { id: kept.id, version: await version(kept.id), number: head.id });
    assert.equal(closed.http, 200, JSON.stringify(closed));
    const round = await leitung.act('leads.lead', 'close_duplicate', { id: head.id, version: await version(head.id), number: twice.id });
    assert.equal(round.http, 422);
    assert.match(round.fields.number, /eine Dublette dieses Leads/);
    // then: both lead there
    await page.goto(`${host.url}/screens/leads.lead?id=${twice.id}`);
    assert.match(await page.locator('main').innerText(), new RegExp(`Dublette von Lead ${kept.id}, der eine Dublette von Lead ${head.id} ist`));
    await picture(page, 'duplicate_chain_de');
    await page.getByRole('link', { name: 'Lead öffnen, der weitergeht' }).click();
    await page.waitForURL(new RegExp(`id=${head.id}`));
    assert.match(await page.locator('main').innerText(), new RegExp(`Dubletten dieses Leads: ${kept.id}, ${twice.id}`));
    // when
    await page.goto(`${host.url}/screens/leads.lead?id=${twice.id}`);
    await page.getByRole('button', { name: 'Ist keine Dublette' }).first().click();
    await dialog(page).getByRole('button', { name: 'Ist keine Dublette' }).click();
    // then
    assert.doesNotMatch(await page.locator('main').innerText(), /Dieser Lead ist eine Dublette/);
    await page.goto(`${host.url}/screens/leads.lead?id=${head.id}`);
    assert.match(await page.locator('main').innerText(), new RegExp(`Dubletten dieses Leads: ${kept.id}(\\D|$)`));
    await page.context().close();
  });
});
