// The salesperson's day: what is to be done now, the result in one press, what comes next, and nothing falls silent. On
// the large screen and on the phone, without JavaScript and with it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Host, artefacts, sample } from './host.mjs';
import { desk, launch, phone, signedIn } from './people.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe("the salesperson's day", () => {
  let host, browser, leads;

  before(async () => {
    host = await Host.start();
    await host.post('siebel_nissan', sample('siebel_nissan/test_drives_2020-07-22.xml'));
    const leitung = await host.signIn('leitung', 'demo');
    const list = await leitung.screen('leads.overview', { tab: 'open', limit: 100 });
    leads = list.blocks.find((block) => block.id === 'leads').rows;
    for (const row of leads) {
      await leitung.act('leads.lead', 'assign', { id: row.id, version: row.version, user: 'verkauf1' });
    }
    browser = await launch();
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

  test('a salesperson begins with his day, a manager with all leads', async () => {
    const verkauf = await person('verkauf1');
    assert.equal(await verkauf.locator('h1').innerText(), 'Heute');
    assert.ok(await verkauf.locator('#to_call tbody tr').count() > 0);
    await picture(verkauf, 'today_de');
    const leitung = await person('leitung');
    assert.equal(await leitung.locator('h1').innerText(), 'Lead-Übersicht');
    assert.equal((await leitung.goto(`${host.url}/screens/leads.today`)).status(), 404);
    for (const page of [verkauf, leitung]) await page.context().close();
  });

  test('one press notes the result and plans what comes next', async () => {
    // given
    const verkauf = await person('verkauf1');
    const row = verkauf.locator('#to_call tbody tr').first();
    const id = await row.getAttribute('data-id');
    const name = (await row.locator('.name').innerText()).trim();
    // when
    await row.getByRole('button', { name: 'Nicht erreicht' }).click();
    // then
    const said = verkauf.locator('.notice').first();
    await said.waitFor();
    assert.match(await said.innerText(), new RegExp(`${name} wurde nicht erreicht. Nächster Schritt: `));
    assert.equal(await verkauf.locator(`#to_call tr[data-id="${id}"]`).count(), 0);
    await verkauf.goto(`${host.url}/screens/host.contacts`);
    assert.equal(await verkauf.locator('#contacts tbody tr', { hasText: name }).count(), 1);
    await verkauf.context().close();
  });

  test('what was done by mistake is taken back with one press', async () => {
    // given
    const verkauf = await person('verkauf1');
    const row = verkauf.locator('#to_call tbody tr').first();
    const id = await row.getAttribute('data-id');
    await row.getByRole('button', { name: 'Nicht erreicht' }).click();
    // when
    await picture(verkauf, 'today_undo_de');
    await verkauf.locator('.notice').first().getByRole('button', { name: 'Rückgängig' }).click();
    // then
    assert.match(await verkauf.locator('.notice').first().innerText(), /wieder wie vorher/);
    assert.equal(await verkauf.locator(`#to_call tr[data-id="${id}"]`).count(), 1);
    await verkauf.context().close();
  });

  test('the lead asks in one dialog what comes next, or how it ends', async () => {
    const verkauf = await person('verkauf1');
    const row = verkauf.locator('#to_call tbody tr').first();
    const id = await row.getAttribute('data-id');
    await verkauf.goto(`${host.url}/screens/leads.lead?id=${id}`);
    // when: reached, and again tomorrow
    await verkauf.locator('.actions').getByRole('button', { name: 'Erreicht', exact: true }).first().click();
    await picture(verkauf, 'lead_reached_de');
    await dialog(verkauf).locator('textarea').fill('Möchte ein Angebot');
    await dialog(verkauf).getByRole('button', { name: 'Morgen' }).click();
    await verkauf.locator('.notice').first().waitFor();
    assert.match(await verkauf.locator('#lead-deadline').innerText(), /Anruf|E-Mail/);
    assert.match(await verkauf.locator('#timeline').innerText(), /Möchte ein Angebot/);
    // and: another time that is none is refused where it stands
    await verkauf.locator('.actions').getByRole('button', { name: 'Nicht erreicht' }).first().click();
    await dialog(verkauf).locator('input[name=due]').fill('2001-01-01T10:00');
    await dialog(verkauf).getByRole('button', { name: 'Ohne speichern' }).click();
    assert.match(await verkauf.locator('.dialog.again').innerText(), /noch nicht vorbei/);
    // and: it ends with its reason
    await verkauf.locator('.dialog.again').locator('input[name=due]').fill('');
    await verkauf.locator('.dialog.again').locator('select[name=reason]').selectOption('not_reached');
    await verkauf.locator('.dialog.again').getByRole('button', { name: 'Ohne speichern' }).click();
    await verkauf.locator('.notice').first().waitFor();
    assert.match(await verkauf.locator('#timeline').innerText(), /Nicht erreicht/);
    await verkauf.context().close();
  });

  test('a lead for which nothing is planned stands in a tab of its own', async () => {
    // given
    const verkauf = await person('verkauf1');
    await verkauf.goto(`${host.url}/screens/leads.overview?tab=mine`);
    const before = Number((await verkauf.locator('[data-tab=silent]').allInnerTexts()).join('').match(/\d+/)?.[0] ?? 0);
    await verkauf.goto(`${host.url}/`);
    const row = verkauf.locator('#to_call tbody tr').first();
    const id = await row.getAttribute('data-id');
    await verkauf.goto(`${host.url}/screens/leads.lead?id=${id}`);
    await verkauf.locator('.actions').getByRole('button', { name: 'Erreicht', exact: true }).first().click();
    await dialog(verkauf).getByRole('button', { name: 'Ohne speichern' }).click();
    await verkauf.locator('.notice').first().waitFor();
    // then
    await verkauf.goto(`${host.url}/screens/leads.overview?tab=silent`);
    assert.match(await verkauf.locator('[data-tab=silent]').innerText(), new RegExp(`Ohne nächsten Schritt\\s*${before + 1}`));
    assert.equal(await verkauf.locator(`tr[data-id="${id}"]`).count(), 1);
    await picture(verkauf, 'overview_silent_de');
    await verkauf.goto(`${host.url}/`);
    assert.equal(await verkauf.locator(`#asleep tr[data-id="${id}"]`).count(), 1);
    await verkauf.context().close();
  });

  test('on the phone the number is dialled, and afterwards the page asks for the result', async () => {
    const verkauf = await person('verkauf1', { viewport: phone, javaScriptEnabled: true });
    const row = verkauf.locator('#to_call tbody tr').first();
    const id = await row.getAttribute('data-id');
    await picture(verkauf, 'today_phone_de');
    assert.deepEqual(await flaws(verkauf), []);
    const width = await verkauf.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 390, `the page is ${width} wide`);
    // when: the telephone takes over, and gives the page back
    const call = row.locator('a[href^="tel:"]:visible').first();
    assert.ok(await call.isVisible());
    await call.evaluate((link) => link.addEventListener('click', (event) => event.preventDefault()));
    await call.click();
    await verkauf.evaluate(() => {
      for (const hidden of [true, false]) {
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
        document.dispatchEvent(new Event('visibilitychange'));
      }
    });
    // then
    const asks = verkauf.getByRole('dialog', { name: 'Was wurde aus dem Anruf?' });
    await asks.waitFor();
    await picture(verkauf, 'today_phone_after_call_de');
    await asks.getByRole('button', { name: 'Nicht erreicht' }).click();
    await verkauf.locator('.notice').first().waitFor();
    assert.equal(await verkauf.locator(`#to_call tr[data-id="${id}"]`).count(), 0);
    // and: myKontakte can be worked there too
    await verkauf.goto(`${host.url}/screens/host.contacts`);
    assert.ok(await verkauf.locator('#contacts').getByRole('button', { name: 'Nicht erreicht' }).first().isVisible());
    await picture(verkauf, 'contacts_phone_de');
    await verkauf.context().close();
  });

  test('the list goes on where a lead was handled, and says what was done to whom', async () => {
    // given: a manager in the list of open leads
    const leitung = await person('leitung');
    await leitung.goto(`${host.url}/screens/leads.overview?tab=open`);
    const first = leitung.locator('#leads tbody tr').nth(0), second = leitung.locator('#leads tbody tr').nth(1);
    const next = await second.getAttribute('data-id');
    await first.locator('.name').click();
    // when
    await leitung.locator('.actions').getByRole('button', { name: 'Schließen' }).first().click();
    await dialog(leitung).locator('select[name=reason]').selectOption('price');
    await dialog(leitung).getByRole('button', { name: 'Schließen' }).click();
    await leitung.locator('.notice').first().waitFor();
    // then
    const on = leitung.locator('.actions').getByRole('link', { name: 'Nächster Lead' });
    await picture(leitung, 'lead_next_de');
    assert.equal(await leitung.locator('.actions .btn-primary').count(), 1);
    await on.click();
    assert.match(leitung.url(), new RegExp(`id=${next}\\b`));
    // and: several at once
    await leitung.goto(`${host.url}/screens/leads.overview?tab=open`);
    for (const at of [0, 1]) await leitung.locator('#leads tbody .tick input').nth(at).check();
    await leitung.locator('.bulk').getByRole('button', { name: 'Zuweisen' }).click();
    await leitung.locator('.choice-menu:popover-open').getByRole('button', { name: /^Anna Pichler/ }).click();
    assert.match(await leitung.locator('.notice').first().innerText(), /^2 Leads wurden .+ zugewiesen\./m);
    await leitung.context().close();
  });

  test('whoever opens what a notification tells of has read it', async () => {
    const verkauf = await person('verkauf2');
    const unread = async () => Number((await verkauf.locator('.frame-right .frame-count').allInnerTexts())[0] ?? 0);
    const before = await unread();
    assert.ok(before > 0);
    await verkauf.goto(`${host.url}/screens/host.notifications`);
    await verkauf.locator('#notifications').getByRole('link', { name: 'Öffnen' }).first().click();
    await verkauf.goto(`${host.url}/screens/host.notifications`);
    assert.equal(await unread(), before - 1);
    await verkauf.context().close();
  });
});
