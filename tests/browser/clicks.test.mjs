// What a task costs: each row of the table in tests/README.md is one test that does it as a person would, and may cost no
// more than the row says.
//
// The rule of counting:
//   * a click is a press of the mouse, or of a key that acts (Enter, a shortcut); choosing in a list that opens is two:
//     one opens it, one chooses;
//   * what is typed into a field is not counted, bringing the cursor there is a click;
//   * a load is a page that the window goes to: a form with the page that answers it is one, a redirect is none, what a
//     script asks for without leaving the page is none;
//   * one begins on the first page after the sign-in, or where the row says.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Client, Host, artefacts, eventually, oneLead, settleFeedback } from './host.mjs';
import { launch, phone, signedIn } from './people.mjs';

const spent = [];

/// A person's hand on a page: it does what it is told, and counts.
class Hand {
  constructor(page) {
    this.page = page;
    this.clicks = this.loads = 0;
    page.on('request', (asked) => {
      const goes = asked.isNavigationRequest() && asked.frame() === page.mainFrame() && !asked.redirectedFrom();
      if (goes && this.counts) this.loads += 1;
    });
    this.counts = true;
  }
  /// On another page to begin with.
  async start(address) {
    this.counts = false;
    await this.page.goto(address);
    this.counts = true;
  }
  async click(what, how) {
    this.clicks += 1;
    await what.first().click(how);
  }
  async key(name) {
    this.clicks += 1;
    await this.page.keyboard.press(name);
  }
  async choose(list, value) {
    this.clicks += 2;
    await list.selectOption(value);
  }
  async write(words) {
    await this.page.keyboard.type(words);
  }
}

describe('what a task costs', () => {
  let host, browser, number = 0;

  before(async () => {
    host = await Host.start();
    browser = await launch();
  });
  after(async () => {
    writeFileSync(join(artefacts, 'clicks.json'), JSON.stringify(spent, null, 1));
    for (const one of spent) console.log(`${one.clicks} / ${one.loads}  of ${one.possible.join(' / ')}  ${one.task}`);
    await browser?.close();
    await host?.remove();
  });

  const dialog = (page) => page.locator('.dialog:popover-open');
  const said = (page) => page.locator('.notice').first();
  const row = (page, id) => page.locator(`tr[data-id="${id}"]`);
  const bar = (page) => page.locator('.lead-head .actions');

  /// A test drive of somebody whom nobody knows, with a wish; given to `user` where one is named.
  async function lead({ user, ...fields } = {}) {
    number += 1;
    const letters = [...String(number)].map((digit) => 'abcdefghij'[digit]).join('');
    const payload = oneLead({
      id: `1-CLICK${number}`, last: `Klickmayr${letters}`, first: `Xaver${letters}`, email: `klick${number}@example.at`,
      more: '<AppointmentDate>06/04/2031 10:30:00</AppointmentDate>', ...fields,
    }).replace('</Contact>', `<CellularPhone>0664/99${String(10000 + number)}</CellularPhone></Contact>`);
    const report = await (await host.post('siebel_nissan', payload)).json();
    const id = String(report.items[0].lead);
    if (user) {
      const leitung = await host.signIn('leitung');
      const given = await leitung.act('leads.lead', 'assign', { id, version: String((await leitung.lead(id)).version), user });
      assert.equal(given.http, 200, JSON.stringify(given));
    }
    return { id, name: `Xaver${letters} Klickmayr${letters}`, phone: `+4366499${10000 + number}` };
  }
  const state = async (id) => (await (await host.signIn('leitung')).leads({ tab: 'all' })).find((one) => one.id === id)?.cells.state.value;

  /// One row: `may` is [clicks, loads].
  function costs(task, user, may, how, options = {}) {
    test(`${task}: ${may[0]} / ${may[1]}`, async () => {
      const page = await signedIn(browser, host, user, { javaScriptEnabled: true, ...options.browser });
      page.setDefaultTimeout(12_000);
      const hand = new Hand(page);
      // As the page is after what the test has prepared.
      await how(hand, page);
      spent.push({ task, who: user, possible: may, clicks: hand.clicks, loads: hand.loads });
      assert.ok(hand.clicks <= may[0] && hand.loads <= may[1],
        `${hand.clicks} clicks and ${hand.loads} loads, of ${may[0]} and ${may[1]} that are possible`);
      await page.context().close();
    });
  }
  /// On the first page again, as if signed in just now.
  const again = async (hand) => hand.start(`${host.url}/`);

  costs("a lead is assigned, to the person who is offered", 'leitung', [2, 1], async (hand, page) => {
    const { id } = await lead();
    await again(hand);
    await hand.click(row(page, id).getByRole('link', { name: 'Zuweisen' }));
    await dialog(page).waitFor();
    await page.screenshot({ path: join(artefacts, 'clicks_assign_de.png') });
    await hand.click(dialog(page).getByRole('button', { name: 'Zuweisen' }));
    await said(page).getByText(/ zugewiesen\.$/).waitFor();
    assert.equal(await state(id), 'assigned');
  });

  costs('a lead is assigned, to somebody else', 'leitung', [3, 1], async (hand, page) => {
    const { id } = await lead();
    await again(hand);
    await hand.click(row(page, id).getByRole('link', { name: 'Zuweisen' }));
    await hand.click(dialog(page).locator('input[name=user][value=verkauf3]'));
    await hand.click(dialog(page).getByRole('button', { name: 'Zuweisen' }));
    await said(page).getByText('Michael Wagner zugewiesen.').waitFor();
  });

  costs('a lead is assigned by its box', 'leitung', [3, 1], async (hand, page) => {
    const { id } = await lead();
    await again(hand);
    await hand.click(row(page, id).locator('.tick input'));
    await hand.click(page.locator('.bulk').getByRole('button', { name: 'Zuweisen' }));
    await page.screenshot({ path: join(artefacts, 'clicks_bulk_assign_de.png') });
    await hand.click(page.locator('.choice-menu:popover-open').getByRole('button', { name: /^Michael Wagner/ }));
    await said(page).getByText('1 Lead wurde Michael Wagner zugewiesen.').waitFor();
    assert.equal(await state(id), 'assigned');
  });

  costs('ten leads are assigned', 'leitung', [6, 2], async (hand, page) => {
    await hand.click(page.locator('#leads tbody .tick input').nth(0));
    await hand.click(page.locator('#leads tbody .tick input').nth(9), { modifiers: ['Shift'] });
    await hand.click(page.locator('.bulk').getByRole('button', { name: 'Zuweisen' }));
    await hand.click(page.locator('.choice-menu:popover-open').getByRole('button', { name: /^Michael Wagner/ }));
    await page.getByText(/^(10 Leads wurden Michael Wagner zugewiesen|\d+ von 10 Leads)/).waitFor();
  });

  costs('way one, a manager: opened, imported as a new customer, assigned', 'leitung', [4, 2], async (hand, page) => {
    const { id, name } = await lead();
    await again(hand);
    await hand.click(row(page, id).getByRole('link', { name }));
    await hand.click(bar(page).getByRole('button', { name: 'Importieren' }));
    await page.screenshot({ path: join(artefacts, 'clicks_import_assign_de.png') });
    await hand.click(dialog(page).locator('input[name=user][value=verkauf3]'));
    await hand.click(dialog(page).getByRole('button', { name: 'Importieren' }));
    await said(page).getByText(/ist als Kunde \d+ im DMS, der Lead Michael Wagner zugewiesen/).waitFor();
    assert.equal(await state(id), 'assigned');
  });

  costs('way one, a salesperson: the contact of myKontakte is done, reached', 'verkauf2', [2, 1], async (hand, page) => {
    const { id } = await lead({ user: 'verkauf2' });
    await again(hand);
    await hand.click(row(page, id).getByRole('button', { name: 'Erreicht', exact: true }));
    await said(page).getByText('wurde erreicht').waitFor();
  });

  costs('way one as it goes: the number, the call, the result', 'verkauf5', [2, 1], async (hand, page) => {
    const { id, phone: dialled } = await lead({ user: 'verkauf5' });
    await again(hand);
    const call = row(page, id).locator(`a[href="tel:${dialled}"]`);
    await call.first().evaluate((link) => link.addEventListener('click', (event) => event.preventDefault()));
    await hand.click(call);
    await hand.click(row(page, id).getByRole('button', { name: 'Nicht erreicht' }));
    await said(page).getByText('wurde nicht erreicht').waitFor();
  });

  costs('imported as a new customer, on the lead', 'verkauf5', [1, 1], async (hand, page) => {
    const { id } = await lead({ user: 'verkauf5' });
    await hand.start(`${host.url}/screens/leads.lead?id=${id}`);
    await hand.click(bar(page).getByRole('button', { name: 'Importieren' }));
    await said(page).getByText(/ist als Kunde \d+ im DMS/).waitFor();
  });

  costs('linked with the customer who is offered', 'leitung', [2, 2], async (hand, page) => {
    const first = await lead();
    const leitung = await host.signIn('leitung');
    await leitung.act('leads.lead', 'import', { id: first.id, version: String((await leitung.lead(first.id)).version) });
    const letters = first.name.slice(5, first.name.indexOf(' '));
    const twin = await lead({ first: `Xaver${letters}`, last: `Klickmayr${letters}`, email: `klick${number}@example.at` });
    await again(hand);
    await hand.click(row(page, twin.id).getByRole('link', { name: first.name }));
    await hand.click(page.locator('#matches').getByRole('button', { name: /verknüpfen/ }));
    await page.locator('#timeline').getByText('Verknüpft').first().waitFor();
  });

  costs('linked with another customer, whom one looks for', 'leitung', [3, 2], async (hand, page) => {
    const { id } = await lead({ last: 'Gruber', user: 'verkauf1' });
    await hand.start(`${host.url}/screens/leads.lead?id=${id}`);
    await hand.click(page.locator('#matches').getByRole('link', { name: 'Anderen Kunden suchen' }));
    await hand.click(page.locator('#matches .match input[type=radio]').nth(1));
    await hand.click(page.locator('#matches').getByRole('button', { name: /verknüpfen/ }));
    await page.locator('#timeline').getByText('Verknüpft').first().waitFor();
  });

  for (const [task, reason] of [['without further contact', 'no_further_contact'], ['for the price', 'price']]) {
    costs(`way two, a salesperson: closed ${task}`, 'verkauf2', [4, 1], async (hand, page) => {
      const { id } = await lead({ user: 'verkauf2' });
      await again(hand);
      await hand.click(row(page, id).getByRole('link', { name: 'Schließen' }));
      await dialog(page).waitFor();
      await page.screenshot({ path: join(artefacts, 'clicks_close_today_de.png') });
      await hand.choose(dialog(page).locator('select[name=reason]'), reason);
      await hand.click(dialog(page).getByRole('button', { name: 'Schließen' }));
      await said(page).getByText('Der Lead ist geschlossen.').waitFor();
      assert.match(page.url(), /leads\.today/, 'one is where one was');
      assert.equal(await row(page, id).count(), 0);
    });
  }

  costs('closed from the list', 'leitung', [3, 1], async (hand, page) => {
    const { id } = await lead();
    await again(hand);
    await hand.click(row(page, id).locator('.tick input'));
    await hand.click(page.locator('.bulk').getByRole('button', { name: 'Schließen', exact: true }));
    await page.screenshot({ path: join(artefacts, 'clicks_bulk_close_de.png') });
    await hand.click(page.locator('.choice-menu:popover-open').getByRole('button', { name: 'Kein Interesse mehr' }));
    await said(page).getByText('1 Lead wurde abgeschlossen.').waitFor();
    assert.equal(await state(id), 'closed');
  });

  costs('a call without an answer, noted', 'verkauf5', [2, 1], async (hand, page) => {
    const { id } = await lead({ user: 'verkauf5' });
    await hand.start(`${host.url}/screens/leads.lead?id=${id}`);
    await hand.click(bar(page).getByRole('button', { name: 'Nicht erreicht' }));
    await hand.write('Mailbox besprochen');
    await hand.click(dialog(page).getByRole('button', { name: 'In 2 Std. wieder' }));
    await said(page).getByText('wurde nicht erreicht').waitFor();
    await page.locator('#timeline').getByText('Mailbox besprochen').waitFor();
  });

  costs('a call that was answered, noted on the lead; myKontakte asks no more', 'verkauf5', [2, 1], async (hand, page) => {
    const { id, name } = await lead({ user: 'verkauf5' });
    await hand.start(`${host.url}/screens/leads.lead?id=${id}`);
    await hand.click(bar(page).getByRole('button', { name: 'Erreicht', exact: true }));
    await hand.write('Möchte ein Angebot');
    await hand.click(dialog(page).getByRole('button', { name: 'Ohne speichern' }));
    await page.locator('#timeline').getByText('Möchte ein Angebot').waitFor();
    const [clicks, loads] = [hand.clicks, hand.loads];
    await hand.start(`${host.url}/screens/host.contacts`);
    assert.equal(await page.locator('#contacts tbody tr', { hasText: name }).count(), 0, 'nothing to be done twice');
    assert.deepEqual([hand.clicks, hand.loads], [clicks, loads]);
  });

  costs('on the phone: called from the card, and the result', 'verkauf2', [3, 1], async (hand, page) => {
    const { id } = await lead({ user: 'verkauf2' });
    await again(hand);
    const call = row(page, id).locator('a[href^="tel:"]:visible');
    await call.first().evaluate((link) => link.addEventListener('click', (event) => event.preventDefault()));
    await hand.click(call);
    await page.evaluate(() => {
      for (const hidden of [true, false]) {
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
        document.dispatchEvent(new Event('visibilitychange'));
      }
    });
    await page.screenshot({ path: join(artefacts, 'clicks_after_call_phone_de.png') });
    await hand.click(page.getByRole('dialog', { name: 'Was wurde aus dem Anruf?' }).getByRole('button', { name: 'Nicht erreicht' }));
    await said(page).getByText('wurde nicht erreicht').waitFor();
  }, { browser: { viewport: phone } });

  costs('a test drive is agreed, on the lead', 'verkauf5', [2, 1], async (hand, page) => {
    const { id } = await lead({ user: 'verkauf5' });
    await hand.start(`${host.url}/screens/leads.lead?id=${id}`);
    await page.screenshot({ path: join(artefacts, 'clicks_lead_bar_de.png') });
    await hand.click(bar(page).getByRole('button', { name: 'Probefahrt vereinbaren' }));
    assert.equal(await dialog(page).locator('input[name=due]').inputValue(), '2031-06-04T12:30', 'as was wished');
    await hand.click(dialog(page).getByRole('button', { name: 'Probefahrt vereinbaren' }));
    await said(page).getByText('Die Probefahrt ist vereinbart').waitFor();
    assert.equal(await state(id), 'appointment');
  });

  costs('a lead is found by its number, closed ones too', 'leitung', [2, 1], async (hand, page) => {
    const { id, phone: dialled } = await lead();
    const leitung = await host.signIn('leitung');
    await leitung.act('leads.lead', 'close', { id, version: String((await leitung.lead(id)).version), reason: 'no_interest' });
    await again(hand);
    await hand.click(page.locator('.frame-search input'));
    await hand.write(dialled.slice(-7));
    await hand.key('Enter');
    await row(page, id).waitFor();
  });

  costs('what is overdue at one location', 'leitung', [1, 1], async (hand, page) => {
    const parts = page.locator('.tab-parts a');
    assert.ok(await parts.count() > 1);
    const part = parts.nth(1);
    const [place, many] = (await part.innerText()).split(/\s+(?=\d+$)/);
    await page.screenshot({ path: join(artefacts, 'clicks_overdue_parts_de.png') });
    await hand.click(part);
    await page.waitForURL(/tab=overdue/);
    assert.equal((await page.locator('.pager').innerText()).match(/von (\d+)|(\d+) Leads?/)[1], many);
    for (const where of await page.locator('#leads tbody .c-location').allInnerTexts()) assert.match(where, new RegExp(place));
  });

  costs('a dealer code that is new gets its location', 'admin', [4, 2], async (hand, page) => {
    await lead({ dealer: `AT7${number}` });
    await again(hand);
    await hand.click(page.locator('.tabs').getByRole('link', { name: /Händlercodes/ }));
    await hand.click(page.locator('#codes').getByRole('button', { name: 'Zuordnen' }));
    await hand.click(dialog(page).getByRole('radio', { name: 'Graz' }));
    await hand.click(dialog(page).getByRole('button', { name: 'Speichern' }));
    await said(page).waitFor();
    assert.doesNotMatch(await said(page).innerText(), /nicht/);
  });

  costs('leads of a type that nobody knows are tried again, corrected', 'admin', [4, 2], async (hand, page) => {
    await host.post('siebel_nissan', oneLead({ id: '1-ODD1', type: 'Testfahrt', last: 'Seltsam' }));
    await hand.click(page.getByRole('link', { name: /^Lead-Importprotokoll/ }));
    const waiting = page.locator('#quarantine tr', { hasText: 'Testfahrt' });
    await hand.click(waiting.getByRole('button', { name: 'Berichtigen und wiederholen' }));
    await page.screenshot({ path: join(artefacts, 'clicks_correct_de.png') });
    await hand.click(dialog(page).getByRole('radio', { name: 'Probefahrt', exact: true }));
    await hand.click(dialog(page).getByRole('button', { name: 'Erneut versuchen' }));
    await said(page).getByText('1 angenommen').waitFor();
  });

  costs('leads of a reason are tried again as they are', 'admin', [3, 3], async (hand, page) => {
    await host.post('siebel_nissan', oneLead({ id: '1-ODD2', type: 'Mondfahrt', last: 'Sonderbar' }));
    await hand.click(page.getByRole('link', { name: /^Lead-Importprotokoll/ }));
    await hand.click(page.locator('#quarantine tr', { hasText: 'Mondfahrt' }).getByRole('button', { name: 'Erneut versuchen', exact: true }));
    await said(page).getByText('Der Grund besteht weiter').or(said(page).getByText(/Nichts|Grund/)).first().waitFor();
  });

  costs('a feedback that failed is sent again', 'admin', [3, 3], async (hand, page) => {
    const admin = await host.signIn('admin');
    await settleFeedback(host, admin, 'siebel_nissan');
    const nowhere = await admin.act('leads.settings', 'feedback_channel', { source: 'siebel_nissan', transport: 'https', url: 'https://127.0.0.1:9/' });
    assert.equal(nowhere.http, 200, JSON.stringify(nowhere));
    await lead({ user: 'verkauf1' });
    await eventually('a message is tried', async () => Client.block(await admin.screen('leads.feedback_log', { status: 'waiting' }), 'messages').rows.length > 0);
    await hand.click(page.getByRole('link', { name: /^Lead-Rückmeldungen/ }));
    await hand.click(page.locator('#messages').getByRole('button', { name: /Erneut senden|Jetzt senden/ }));
    await said(page).waitFor();
  });

  costs('what was sold at Graz of the test drives, last quarter', 'leitung', [4, 1], async (hand, page) => {
    // Pointing is no click: the entries of a menu stand there while one does.
    await page.locator('.frame-menu').getByText('Auswertungen').hover();
    await page.screenshot({ path: join(artefacts, 'clicks_menu_de.png') });
    await hand.click(page.getByRole('link', { name: 'Bericht für den Hersteller' }));
    assert.equal(await page.locator('select[name=period]').inputValue(), 'last_quarter');
    const leitung = await host.signIn('leitung');
    const table = Client.block(await leitung.screen('leads.manufacturer'), 'tables').blocks.find((one) => one.id === 'outcome');
    for (const type of ['test_drive', 'test_drive_fast_track']) {
      const at = table.rows.findIndex((one) => one.id === `graz/${type}`);
      const known = table.rows[at]?.cells.sold_then.value ?? 0;
      const shown = page.locator('#outcome tbody tr').nth(at);
      const head = await page.locator('#outcome thead th').allInnerTexts();
      if (known) assert.equal(await shown.locator(`> :nth-child(${head.indexOf('Im Zeitraum verkauft') + 1})`).innerText(), String(known));
    }
  });

  costs('a new user, and ALLE for Siebel – NISSAN', 'admin', [7, 5], async (hand, page) => {
    await hand.click(page.getByRole('link', { name: 'Benutzer', exact: true }));
    await hand.click(page.getByRole('button', { name: 'Benutzer anlegen' }));
    const form = dialog(page);
    await form.locator('input[name=user]').fill('neu1');
    await form.locator('input[name=name]').fill('Nora Neumann');
    await form.locator('input[name=password]').fill('geheim-genug');
    await hand.click(form.getByRole('button', { name: 'Anlegen' }));
    await said(page).waitFor();
    await hand.click(page.getByRole('link', { name: 'Lead Einstellungen' }));
    await hand.click(page.locator('.matrix tr', { hasText: 'Nora Neumann' }).locator('td a'));
    await hand.click(page.locator('#edit input[type=radio][value=all]'));
    await hand.click(page.getByRole('button', { name: 'Speichern' }));
    await said(page).waitFor();
  });
});
