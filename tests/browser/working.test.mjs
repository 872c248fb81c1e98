// Working a lead as people do, without JavaScript: choosing a customer and what of him is overwritten, taking it back,
// correcting data, notes, contacts with their calendar file, and two people at once.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Client, Host, artefacts, sample } from './host.mjs';
import { faults } from './axe.mjs';
import { desk, launch, phone, signedIn } from './people.mjs';

describe('working a lead', () => {
  let host, browser, report, twin;

  before(async () => {
    host = await Host.start();
    report = await (await host.post('siebel_nissan', sample('siebel_nissan/test_drives_2020-07-22.xml'))).json();
    // The same person once more, with another e-mail and street: imported, she is in the DMS.
    const again = sample('siebel_nissan/test_drives_2020-07-22.xml').toString().replaceAll('1-7QX2K1', '1-OTHER')
      .replace('Anna.Huebner@Example.at', 'anna.frueher@example.at').replace('Mariahilfer Straße 1', 'Alte Gasse 3');
    const other = await (await host.post('siebel_nissan', again)).json();
    twin = other.items.find((item) => item.external_id === '1-OTHER-001').lead;
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await host?.remove();
  });

  const lead = (number) => report.items.find((item) => item.external_id === `1-7QX2K1-${number}`).lead;

  const person = (user, how = {}) => signedIn(browser, host, user, { bypassCSP: true, ...how });
  const open = (page, id, more = '') => page.goto(`${host.url}/screens/leads.lead?id=${id}${more}`);
  const picture = (page, name) => page.screenshot({ path: join(artefacts, `${name}.png`), fullPage: true });
  // The menu that a dialog was opened from stays open below it.
  const dialog = (page) => page.locator('.dialog:popover-open');
  async function rare(page, name) {
    await page.getByRole('button', { name: /^(Mehr|More)/ }).click();
    await page.locator('[popover]:popover-open').getByRole('button', { name }).click();
  }
  async function assign(page, id, user) {
    await open(page, id);
    await page.locator('.actions').getByRole('button', { name: 'Zuweisen' }).click();
    await dialog(page).locator(`input[name=user][value=${user}]`).check();
    await dialog(page).getByRole('button', { name: 'Zuweisen' }).click();
    await page.locator('.notice').first().waitFor();
  }

  test('a customer is chosen, what differs is shown field by field, only what is ticked is overwritten', async () => {
    // given: Anna Hübner with her former e-mail and street is a customer
    const leitung = await person('leitung');
    await assign(leitung, twin, 'verkauf1');
    await leitung.locator('#matches').getByRole('button', { name: 'Neu anlegen' }).click();
    await leitung.getByText('Importiert').first().waitFor();
    const known = (await leitung.locator('#person-customer').innerText()).trim();
    // when: her new enquiry meets the customer
    await assign(leitung, lead('001'), 'verkauf1');
    const match = leitung.locator('.match', { hasText: known });
    await match.locator('input[type=radio]').check();
    const choice = leitung.locator('.match:has(input:checked) + .overwrites');
    await choice.waitFor();
    assert.match(await choice.innerText(), /anna\.frueher@example\.at/i);
    assert.match(await choice.innerText(), /Alte Gasse 3/);
    await picture(leitung, 'lead_overwrite_de');
    await choice.getByLabel('E-Mail').check();
    await leitung.locator('#matches').getByRole('button', { name: /verknüpfen/ }).click();
    await leitung.locator('#timeline').getByText('Verknüpft').first().waitFor();
    await picture(leitung, 'lead_linked_de');
    // then
    await leitung.goto(`${host.url}/screens/host.customer?id=${known}`);
    const record = await leitung.locator('#person').innerText();
    assert.match(record, /Anna\.Huebner@example\.at/);
    assert.match(record, /Alte Gasse 3/);
    // and: taken back, she has her former e-mail
    await open(leitung, lead('001'));
    await rare(leitung, 'Import zurücknehmen');
    await dialog(leitung).getByRole('button', { name: 'Import zurücknehmen' }).click();
    await leitung.getByText('Der Import ist zurückgenommen.').waitFor();
    await leitung.goto(`${host.url}/screens/host.customer?id=${known}`);
    assert.match(await leitung.locator('#person').innerText(), /anna\.frueher@example\.at/);
    await leitung.context().close();
  });

  test('without a choice nobody is linked and nobody is made', async () => {
    const leitung = await person('leitung');
    await open(leitung, lead('001'));
    const radios = leitung.locator('#matches input[type=radio]');
    if (await radios.count() > 0 && await leitung.locator('#matches input[type=radio]:checked').count() === 0) {
      await leitung.locator('#matches').getByRole('button', { name: /verknüpfen/ }).click();
      await leitung.getByText('Wählen Sie zuerst einen Kunden.').first().waitFor();
    }
    await leitung.context().close();
  });

  test('another customer is searched for on the lead itself', async () => {
    const leitung = await person('leitung');
    await open(leitung, lead('001'));
    await leitung.locator('#matches').getByRole('link', { name: 'Anderen Kunden suchen' }).click();
    await leitung.locator('input[name=find]').fill('gruber');
    await leitung.locator('#customer_search').getByRole('button', { name: 'Suchen' }).click();
    assert.match(leitung.url(), /find=gruber/);
    assert.equal(await leitung.locator('input[name=find]').inputValue(), 'gruber');
    await picture(leitung, 'lead_search_de');
    await leitung.locator('input[name=find]').fill('gibtesnicht');
    await leitung.locator('#customer_search').getByRole('button', { name: 'Suchen' }).click();
    await leitung.getByText('Kein Kunde gefunden zu „gibtesnicht“.').waitFor();
    await leitung.context().close();
  });

  test('the data are corrected, bad input stands beside its field, the timeline keeps what was', async () => {
    const verkauf = await person('verkauf1');
    await open(verkauf, lead('001'));
    await verkauf.locator('section', { hasText: 'Interessent' }).getByRole('button', { name: 'Bearbeiten' }).first().click();
    await picture(verkauf, 'lead_edit_de');
    await dialog(verkauf).locator('input[name=phone_1]').fill('keine Nummer');
    await dialog(verkauf).locator('input[name=last_name]').fill('Hübner-Moser');
    await dialog(verkauf).getByRole('button', { name: 'Speichern' }).click();
    await verkauf.getByText('Das ist keine Telefonnummer.').first().waitFor();
    assert.equal(await verkauf.locator('input[name=last_name]').inputValue(), 'Hübner-Moser', 'what was entered is there');
    await verkauf.locator('input[name=phone_1]').fill('0660 111 22 33');
    await verkauf.locator('.dialog.again').getByRole('button', { name: 'Speichern' }).click();
    await verkauf.getByText('Die Daten des Interessenten sind gespeichert.').waitFor();
    assert.match(await verkauf.locator('#person').innerText(), /Hübner-Moser[\s\S]*\+43 660 1112233/);
    assert.match(await verkauf.locator('#timeline').innerText(), /Nachname: Hübner → Hübner-Moser/);
    await picture(verkauf, 'lead_edited_de');
    // The sender writes again, with the name as he knows it and something new.
    const again = sample('siebel_nissan/test_drives_2020-07-22.xml').toString().replace('<PostalCode>1060<', '<PostalCode>1080<');
    assert.equal((await (await host.post('siebel_nissan', again)).json()).updated, 1);
    await open(verkauf, lead('001'));
    assert.match(await verkauf.locator('#person').innerText(), /Hübner-Moser[\s\S]*1080/);
    assert.match(await verkauf.locator('#timeline').innerText(), /Hier berichtigt und beibehalten: Nachname, Telefon/);
    await picture(verkauf, 'lead_correction_kept_de');
    await verkauf.context().close();
  });

  test('a note is added to the timeline', async () => {
    const verkauf = await person('verkauf1');
    await open(verkauf, lead('001'));
    await verkauf.getByRole('button', { name: 'Notiz hinzufügen' }).first().click();
    await dialog(verkauf).locator('textarea[name=comment]').fill('Ruft nach 16 Uhr zurück <b>');
    await dialog(verkauf).getByRole('button', { name: 'Speichern' }).click();
    await verkauf.locator('#timeline').getByText('Ruft nach 16 Uhr zurück <b>').waitFor();
    await verkauf.context().close();
  });

  test('a test drive is planned, taken to a calendar and done in myKontakte', async () => {
    const verkauf = await person('verkauf1');
    await open(verkauf, lead('001'));
    await rare(verkauf, 'Kontakt planen');
    await dialog(verkauf).locator('input[name=due]').fill('2031-03-30T16:30');
    await dialog(verkauf).locator('select[name=kind]').selectOption('test_drive');
    await dialog(verkauf).locator('textarea[name=note]').fill('Qashqai, Schlüssel bei Lukas');
    await dialog(verkauf).getByRole('button', { name: 'Kontakt planen' }).click();
    const row = verkauf.locator('#contacts tr', { hasText: 'Probefahrt' });
    await row.waitFor();
    await picture(verkauf, 'lead_planned_de');
    // then: half past four in Vienna on the day on which the clock was changed is half past two in the world
    const address = await row.getByRole('link', { name: 'Kalenderdatei' }).getAttribute('href');
    const cookie = (await verkauf.context().cookies()).map((one) => `${one.name}=${one.value}`).join('; ');
    const file = await (await fetch(host.url + address, { headers: { Cookie: cookie } })).text();
    assert.match(file, /^BEGIN:VCALENDAR\r\n/);
    assert.match(file, /\r\nDTSTART:20310330T143000Z\r\n/);
    assert.match(file, /\r\nSUMMARY:Probefahrt: Anna Hübner/);
    // when
    await verkauf.goto(`${host.url}/screens/host.contacts`);
    await picture(verkauf, 'contacts_planned_de');
    const planned = verkauf.locator('#contacts tr', { hasText: 'Schlüssel bei Lukas' });
    await planned.getByRole('button', { name: 'Erreicht', exact: true }).click();
    await dialog(verkauf).locator('textarea[name=note]').fill('Ist gefahren, will ein Angebot');
    await dialog(verkauf).getByRole('button', { name: 'In einer Woche' }).click();
    await verkauf.locator('.notice').first().waitFor();
    // then: the lead knows
    await open(verkauf, lead('001'));
    assert.match(await verkauf.locator('#lead-contact').innerText(), /erreicht, \d\d:\d\d/);
    assert.match(await verkauf.locator('#timeline').innerText(), /Ist gefahren, will ein Angebot/);
    await verkauf.context().close();
  });

  test('a manager sees the contacts of his people', async () => {
    const leitung = await person('leitung');
    await leitung.goto(`${host.url}/screens/host.contacts?person=all`);
    assert.ok(await leitung.locator('#contacts tbody tr').count() > 1);
    await picture(leitung, 'contacts_all_de');
    await leitung.context().close();
  });

  test('two browsers on one lead: the second reads what changed and by whom, nothing is overwritten', async () => {
    const [leitung, verkauf] = [await person('leitung'), await person('verkauf1')];
    for (const page of [leitung, verkauf]) await open(page, lead('001'));
    const note = async (page, text) => {
      await page.getByRole('button', { name: 'Notiz hinzufügen' }).first().click();
      await dialog(page).locator('textarea[name=comment]').fill(text);
      await dialog(page).getByRole('button', { name: 'Speichern' }).click();
    };
    await note(leitung, 'Ich kümmere mich darum');
    await leitung.locator('#timeline').getByText('Ich kümmere mich darum').waitFor();
    await verkauf.locator('section', { hasText: 'Interessent' }).getByRole('button', { name: 'Bearbeiten' }).first().click();
    await dialog(verkauf).locator('input[name=city]').fill('Anderswo');
    await dialog(verkauf).getByRole('button', { name: 'Speichern' }).click();
    const told = verkauf.locator('.notice').first();
    await told.waitFor();
    assert.match(await told.innerText(), /eine Notiz geschrieben/);
    assert.match(await told.innerText(), /nicht gespeichert/);
    await picture(verkauf, 'conflict_note_de');
    await open(verkauf, lead('001'));
    assert.doesNotMatch(await verkauf.locator('#person').innerText(), /Anderswo/);
    await Promise.all([leitung, verkauf].map((page) => page.context().close()));
  });

  for (const [locale, suffix] of [['de-AT', 'de'], ['en-GB', 'en']]) {
    test(`accessible and whole, on a desk and a phone, ${locale}`, async () => {
      const program = await host.signIn('leitung');
      for (const [viewport, size] of [[desk, ''], [phone, '_phone']]) {
        const page = await person('leitung', { locale, viewport, javaScriptEnabled: true });
        for (const [name, path] of [['lead_match', `/screens/leads.lead?id=${lead('001')}`],
          ['lead_find', `/screens/leads.lead?id=${lead('001')}&find=gruber`], ['contacts_all', '/screens/host.contacts?person=all'],
          ['bell', '/screens/host.notifications'], ['help_lead', '/screens/leads.help?page=lead'], ['help_contacts', '/screens/leads.help?page=contacts']]) {
          assert.equal((await page.goto(host.url + path)).status(), 200, name);
          const radio = page.locator('#matches input[type=radio]').first();
          if (await radio.count()) await radio.check();
          await picture(page, `${name}${size}_${suffix}`);
          assert.deepEqual(await faults(page), [], `${name}${size}_${suffix}`);
        }
        await page.context().close();
      }
      assert.ok(Client.block(await program.lead(lead('001')), 'timeline'));
    });
  }
});
