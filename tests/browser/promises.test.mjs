// What the product promises and must not break: what was refused is not offered, what was typed is not lost, nobody's
// leads are stranded, what cannot be read is told.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Client, Host, artefacts, oneLead } from './host.mjs';
import { desk, launch, phone } from './people.mjs';

describe('promises', () => {
  let host, browser, refused;

  before(async () => {
    host = await Host.start();
    const consent = '<ListOfConsent><Consent><Channel>Phone</Channel><Given>N</Given></Consent></ListOfConsent>';
    const payload = oneLead({ id: '1-NOCALL', last: 'Ruhig', email: 'ruhig@example.at', more: consent })
      .replace('</Contact>', '<CellularPhone>0664/7654321</CellularPhone></Contact>');
    const report = await (await host.post('siebel_nissan', payload)).json();
    refused = report.items[0].lead;
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await host?.remove();
  });

  async function fill(page, user) {
    await page.fill('input[name=user]', user);
    await page.fill('input[name=password]', 'demo');
    await page.getByRole('button', { name: 'Anmelden' }).click();
  }
  async function person(user, { viewport = desk } = {}) {
    const context = await browser.newContext({ viewport, locale: 'de-AT', javaScriptEnabled: false, bypassCSP: true });
    const page = await context.newPage();
    await page.goto(`${host.url}/login?lang=de-AT`);
    await fill(page, user);
    await page.waitForURL(/screens/);
    return page;
  }
  const open = (page, id) => page.goto(`${host.url}/screens/leads.lead?id=${id}`);
  const picture = (page, name) => page.screenshot({ path: join(artefacts, `${name}.png`), fullPage: true });
  const dialog = (page) => page.locator('.dialog:popover-open, .dialog.again');
  async function rare(page, name) {
    await page.getByRole('button', { name: /^Mehr/ }).click();
    await page.locator('[popover]:popover-open').getByRole('button', { name }).click();
  }

  test('a number that must not be called is no link, on the card of a phone as on the page', async () => {
    for (const viewport of [phone, desk]) {
      const page = await person('leitung', { viewport });
      await page.goto(`${host.url}/screens/leads.overview?q=Ruhig`);
      const card = page.locator('tr[data-id]').first();
      assert.equal(await card.locator('a[href^="tel:"]').count(), 0);
      assert.match(await card.innerText(), /ruhig@example\.at|E-Mail/);
      await picture(page, `refused_list_${viewport.width}`);
      await open(page, refused);
      assert.equal(await page.locator('a[href^="tel:"]').count(), 0);
      assert.match(await page.locator('#person').innerText(), /Anruf nicht erlaubt/);
      assert.equal(await page.locator('#person s').innerText(), '+43 664 7654321');
      await picture(page, `refused_lead_${viewport.width}`);
      await page.context().close();
    }
  });

  test('what was typed survives somebody who was faster', async () => {
    // given: both look at the lead
    const first = await person('leitung'), second = await person('leitung');
    await open(first, refused);
    await open(second, refused);
    await first.locator('.actions').getByRole('button', { name: 'Nicht erreicht' }).first().click();
    await dialog(first).locator('textarea').fill('Mailbox besprochen, ruft zurück');
    // when
    await rare(second, 'Notiz hinzufügen');
    await dialog(second).locator('textarea').fill('Ist bis Freitag im Urlaub');
    await dialog(second).getByRole('button', { name: 'Speichern' }).click();
    await second.locator('#timeline').getByText('Ist bis Freitag im Urlaub').waitFor();
    await dialog(first).getByRole('button', { name: 'Morgen' }).click();
    // then
    const again = first.locator('.dialog.again');
    await again.waitFor();
    assert.equal(await again.count(), 1);
    assert.equal(await again.locator('textarea').inputValue(), 'Mailbox besprochen, ruft zurück');
    await picture(first, 'conflict_again');
    await again.getByRole('button', { name: 'Trotzdem speichern' }).click();
    await first.locator('#timeline').getByText('Mailbox besprochen, ruft zurück').waitFor();
    // and: a note conflicts with nothing
    await rare(second, 'Notiz hinzufügen');
    await dialog(second).locator('textarea').fill('Zweite Notiz');
    await dialog(second).getByRole('button', { name: 'Speichern' }).click();
    await second.locator('#timeline').getByText('Zweite Notiz').waitFor();
  });

  test('what was typed survives the end of the session, for its person alone', async () => {
    // given
    const page = await person('leitung');
    await open(page, refused);
    await rare(page, 'Notiz hinzufügen');
    await dialog(page).locator('textarea').fill('Braucht ein Angebot für zwei Wagen');
    const other = await page.context().newPage();
    await other.goto(`${host.url}/`);
    await other.locator('.frame-user').click();
    await other.getByRole('button', { name: 'Abmelden' }).click();
    await other.waitForURL(/login/);
    // when
    await dialog(page).getByRole('button', { name: 'Speichern' }).click();
    await page.getByText('Ihre Sitzung ist abgelaufen').waitFor();
    await picture(page, 'session_ended');
    await fill(page, 'leitung');
    // then: on the same page, not sent
    await page.waitForURL(new RegExp(`id=${refused}`));
    assert.equal(await dialog(page).locator('textarea').inputValue(), 'Braucht ein Angebot für zwei Wagen');
    await picture(page, 'session_again');
    const before = Client.block(await (await host.signIn('leitung')).lead(refused), 'timeline').items;
    assert.ok(!before.some((item) => item.quote === 'Braucht ein Angebot für zwei Wagen'));
    await dialog(page).getByRole('button', { name: 'Speichern' }).click();
    await page.locator('#timeline').getByText('Braucht ein Angebot für zwei Wagen').waitFor();
  });

  test('leads that could not be read are told to the admin, counted in the menu, and keep their arrival', async () => {
    await host.post('siebel_nissan', oneLead({ id: '1-ODD', type: 'Testfahrt', last: 'Seltsam' }));
    await host.post('siebel_nissan', oneLead({ id: '1-ODD2', type: 'Testfahrt', last: 'Sonderbar' }));
    const page = await person('admin');
    await page.goto(`${host.url}/screens/host.notifications`);
    assert.equal(await page.getByText(/zurückgestellt: /).count(), 1);
    await picture(page, 'quarantine_bell');
    assert.match(await page.locator('.subnav a, .frame-menu a').filter({ hasText: 'Lead-Importprotokoll' }).first().textContent(), /2/);
    await page.goto(`${host.url}/screens/leads.intake_log`);
    await picture(page, 'quarantine_menu');
    await page.goto(`${host.url}/screens/host.plugins`);
    await page.getByText('2 Leads sind zurückgestellt').waitFor();
  });

  test('whoever goes hands over what is open, and what nobody took stands in a tab', async () => {
    const page = await person('admin');
    const row = (name) => page.locator('#users tr', { hasText: name });
    await page.goto(`${host.url}/screens/host.users`);
    await row('verkauf9').getByRole('button', { name: 'Deaktivieren' }).click();
    assert.match(await dialog(page).innerText(), /Noch offen: \d+ offene Leads, \d+ offene Kontakte/);
    await picture(page, 'deactivate');
    await dialog(page).locator('select[name=hand_over]').selectOption('-');
    await dialog(page).getByRole('button', { name: 'Deaktivieren' }).click();
    await page.getByText(/ist deaktiviert/).waitFor();
    const leitung = await person('leitung');
    await leitung.getByRole('link', { name: /Verkäufer nicht da/ }).click();
    assert.ok((await leitung.locator('tr[data-id]').count()) > 0);
    await picture(leitung, 'absent_tab');
    await page.goto(`${host.url}/screens/leads.settings`);
    await page.getByText('Offene Leads gehören Personen, die nicht da sind und die niemand vertritt.').waitFor();
    await picture(page, 'absent_settings');
    // when
    await page.goto(`${host.url}/screens/host.users`);
    await row('verkauf9').getByRole('button', { name: 'Übergeben' }).click();
    await dialog(page).locator('select[name=hand_over]').selectOption('verkauf2');
    await dialog(page).getByRole('button', { name: 'Übergeben' }).click();
    await page.getByText(/Leads wurden an .* übergeben/).waitFor();
    // then
    await leitung.goto(`${host.url}/screens/leads.overview?tab=open`);
    assert.equal(await leitung.getByRole('link', { name: /Verkäufer nicht da/ }).count(), 0);
    // and: the command line says and does the same
    const shown = host.run(['user', 'deactivate', 'verkauf8', '--hand-over', 'verkauf2']);
    assert.equal(shown.status, 0, shown.stderr);
    assert.match(shown.stdout, /wurden an|handed over/);
  });
});
