// The steps of a lead, each in one dialog: assigned from its row, a test drive agreed, closed for a reason, a sale taken
// back. Nothing that is shown is promised in vain.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Client, Host, artefacts, sample } from './host.mjs';
import { desk, launch, phone, signedIn } from './people.mjs';


describe('the steps of a lead', () => {
  let host, browser, report;

  before(async () => {
    host = await Host.start();
    report = await (await host.post('siebel_nissan', sample('siebel_nissan/test_drives_2020-07-22.xml'))).json();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await host?.remove();
  });

  const lead = (number) => report.items.find((item) => item.external_id === `1-7QX2K1-${number}`).lead;
  const person = (user, how = {}) => signedIn(browser, host, user, { javaScriptEnabled: true, ...how });
  const open = (page, id) => page.goto(`${host.url}/screens/leads.lead?id=${id}`);
  const picture = (page, name) => page.screenshot({ path: join(artefacts, `${name}.png`) });
  const dialog = (page) => page.locator('.dialog:popover-open');
  const shown = (page) => page.locator('.dialog:target');
  async function rare(page, name) {
    await page.getByRole('button', { name: /^(Mehr|More)/ }).click();
    await page.locator('[popover]:popover-open').getByRole('button', { name, exact: true }).click();
  }
  // In the bar where it stands there, else behind "Mehr".
  async function standing(page, name) {
    const button = page.locator('.actions').getByRole('button', { name, exact: true });
    if (await button.isVisible()) await button.click();
    else await rare(page, name);
  }
  const act = async (program, id, action, input = {}) => {
    const version = String((await program.lead(id)).version);
    const made = await program.act('leads.lead', action, { id: String(id), version, ...input });
    assert.equal(made.http, 200, JSON.stringify(made));
    return made;
  };

  test('“Zuweisen” in a row opens the dialog and keeps the list: in it, or without a script on the lead', async () => {
    for (const way of ['mouse', 'key']) {
      const leitung = await person('leitung');
      // given: a list that is filtered
      await leitung.goto(`${host.url}/screens/leads.overview?tab=unassigned&type=siebel_nissan`);
      const row = leitung.locator('#leads tbody tr').nth(1);
      const name = (await row.locator('.name').innerText()).trim();
      // when
      if (way === 'mouse') {
        await row.getByRole('link', { name: 'Zuweisen' }).click();
      } else {
        for (const key of ['j', 'j', 'a']) await leitung.keyboard.press(key);
      }
      // then: the dialog is open where one is, and the keyboard is in it
      await dialog(leitung).waitFor();
      assert.match(leitung.url(), /tab=unassigned&type=siebel_nissan/);
      assert.match(await dialog(leitung).innerText(), new RegExp(name));
      assert.equal(await leitung.evaluate(() => document.activeElement.closest('.dialog')?.getAttribute('id')), 'do-assign');
      if (way === 'mouse') await picture(leitung, 'assign_in_list_de');
      await dialog(leitung).locator('input[name=user][value=verkauf1]').check();
      await dialog(leitung).getByRole('button', { name: 'Zuweisen' }).click();
      await leitung.getByText('Lukas Steiner zugewiesen.').waitFor();
      // and: the list is as it was
      assert.match(leitung.url(), /tab=unassigned&type=siebel_nissan/);
      await leitung.context().close();
    }
  });

  test('what is refused in such a dialog is shown on the lead, with what was chosen', async () => {
    const [leitung, other] = [await person('leitung'), await person('leitung')];
    await leitung.goto(`${host.url}/screens/leads.overview?tab=unassigned`);
    const row = leitung.locator('#leads tbody tr').first();
    const id = await row.getAttribute('data-id');
    await row.getByRole('link', { name: 'Zuweisen' }).click();
    await dialog(leitung).locator('input[name=user][value=verkauf2]').check();
    // when: somebody was faster
    await open(other, id);
    await rare(other, 'Notiz hinzufügen');
    await dialog(other).locator('textarea').fill('Schneller');
    await dialog(other).getByRole('button', { name: 'Speichern' }).click();
    await other.locator('#timeline').getByText('Schneller').waitFor();
    await dialog(leitung).getByRole('button', { name: 'Zuweisen' }).click();
    // then
    const again = leitung.locator('.dialog.again');
    await again.waitFor();
    assert.ok(await again.locator('input[name=user][value=verkauf2]').isChecked());
    await again.getByRole('button', { name: 'Trotzdem speichern' }).click();
    await leitung.getByText('Anna Pichler zugewiesen.').first().waitFor();
    for (const page of [leitung, other]) await page.context().close();
  });

  test('without a script “Zuweisen” in a row opens the lead with the dialog', async () => {
    const leitung = await person('leitung', { javaScriptEnabled: false });
    await leitung.goto(`${host.url}/screens/leads.overview?tab=unassigned&type=siebel_nissan`);
    const total = (await leitung.locator('.pager').innerText()).match(/von (\d+)/)[1];
    // when
    await leitung.locator('#leads tbody tr').nth(1).getByRole('link', { name: 'Zuweisen' }).click();
    // then: the dialog is open, and one knows where one is
    await leitung.waitForURL(/leads\.lead/);
    await shown(leitung).waitFor();
    assert.equal(await shown(leitung).getAttribute('id'), 'do-assign');
    assert.match(await leitung.locator('#content').innerText(), new RegExp(`2 von ${total} nicht zugewiesenen`));
    await picture(leitung, 'assign_from_row_de');
    await shown(leitung).locator('input[name=user][value=verkauf1]').check();
    await shown(leitung).getByRole('button', { name: 'Zuweisen' }).click();
    await leitung.getByText('Zugewiesen an Lukas Steiner.').or(leitung.locator('.notice')).first().waitFor();
    // and: back is the list as it was
    await leitung.locator('.crumb a').first().click();
    await leitung.waitForURL(/tab=unassigned/);
    assert.match(leitung.url(), /type=siebel_nissan/);
    await leitung.context().close();
  });

  test('a test drive is agreed in one dialog: state, appointment, myKontakte, calendar, feedback', async () => {
    // given
    const program = await host.signIn('leitung');
    const id = lead('001');
    if (!(await program.lead(id)).blocks[0].items.find((item) => item.id === 'assignee').value.value) {
      await act(program, id, 'assign', { user: 'verkauf1' });
    }
    const verkauf = await person('verkauf1');
    await open(verkauf, id);
    // when
    await standing(verkauf, 'Probefahrt vereinbaren');
    await picture(verkauf, 'agree_test_drive_de');
    const offered = await dialog(verkauf).locator('input[name=due]').inputValue();
    const [hour, minute] = offered.slice(11).split(':').map(Number);
    assert.ok(hour * 60 + minute >= 8 * 60 && hour * 60 + minute <= 18 * 60, `${offered} is when the dealership is closed`);
    await dialog(verkauf).locator('input[name=due]').fill('2031-06-04T10:30');
    await dialog(verkauf).locator('input[name=vehicle]').fill('Nissan Qashqai, W-12345 X');
    await dialog(verkauf).locator('textarea[name=note]').fill('Kindersitz mitnehmen');
    await dialog(verkauf).getByRole('button', { name: 'Probefahrt vereinbaren' }).click();
    await verkauf.getByText('Die Probefahrt ist vereinbart und steht in myKontakte.').waitFor();
    // then: the page knows the date, apart from the wish
    assert.match(await verkauf.locator('#lead').innerText(), /Termin\s+Mi\., 04\.06\.2031, 10:30|Termin[\s\S]*04\.06\.[\s\S]*10:30/);
    assert.match(await verkauf.locator('#timeline').innerText(), /Probefahrt vereinbart[\s\S]*04\.06\.2031, 10:30, Nissan Qashqai, W-12345 X/);
    await picture(verkauf, 'agreed_lead_de');
    const row = verkauf.locator('#contacts tr', { hasText: 'Kindersitz' });
    assert.match(await row.innerText(), /Probefahrt/);
    const address = await row.getByRole('link', { name: 'Kalenderdatei' }).getAttribute('href');
    const cookie = (await verkauf.context().cookies()).map((one) => `${one.name}=${one.value}`).join('; ');
    assert.match(await (await fetch(host.url + address, { headers: { Cookie: cookie } })).text(), /DTSTART:20310604T083000Z/);
    assert.equal(await verkauf.locator('#contacts tbody tr').count(), 1, 'in place of the call that was to be made');
    // and: so does the list
    await verkauf.goto(`${host.url}/screens/leads.overview?tab=mine&q=Hübner`);
    assert.match(await verkauf.locator('#leads tbody tr').first().innerText(), /Termin[\s\S]*04\.06\./);
    await picture(verkauf, 'agreed_list_de');
    // and: the manufacturer hears of it once, also when the date is moved
    await open(verkauf, id);
    await rare(verkauf, 'Probefahrt verschieben');
    await dialog(verkauf).locator('input[name=due]').fill('2031-06-05T09:00');
    await dialog(verkauf).getByRole('button', { name: 'Probefahrt verschieben' }).click();
    await verkauf.locator('.notice').first().waitFor();
    assert.equal(await verkauf.locator('#contacts tbody tr').count(), 1);
    assert.match(await verkauf.locator('#contacts tbody tr').innerText(), /05\.06\./);
    const messages = Client.block(await program.lead(id), 'feedback').rows.filter((one) => one.cells.cause.value === 'appointment');
    assert.equal(messages.length, 1);
    await verkauf.context().close();
  });

  test('a bad date is refused in the one dialog, in which the keyboard is', async () => {
    const program = await host.signIn('leitung');
    const id = lead('002');
    await act(program, id, 'assign', { user: 'leitung' }).catch(() => {});
    for (const viewport of [desk, phone]) {
      const leitung = await person('leitung', { viewport });
      await open(leitung, id);
      await standing(leitung, 'Probefahrt vereinbaren');
      await dialog(leitung).locator('input[name=due]').fill('2020-01-01T10:00');
      await dialog(leitung).getByRole('button', { name: 'Probefahrt vereinbaren' }).click();
      await leitung.getByText('Wählen Sie einen Zeitpunkt, der noch nicht vorbei ist.').first().waitFor();
      assert.equal(await leitung.locator('.dialog.again').count(), 1);
      assert.ok(await leitung.evaluate(() => document.activeElement.closest('.dialog.again')?.checkVisibility()));
      await leitung.context().close();
    }
  });

  for (const [viewport, size] of [[desk, ''], [phone, '_phone']]) {
    test(`closing asks for the reason, and every one passes at the first try${size}`, async () => {
      const program = await host.signIn('leitung');
      const id = lead('003');
      const leitung = await person('leitung', { viewport });
      await open(leitung, id);
      const close = async () => {
        const button = leitung.locator('.actions').getByRole('button', { name: 'Schließen', exact: true });
        if (await button.isVisible()) await button.click();
        else await rare(leitung, 'Schließen');
        await dialog(leitung).locator('select[name=reason]').waitFor();
      };
      await close();
      assert.equal(await leitung.locator('.dialog select[name=state]').count(), 0, 'the state follows from the reason');
      await picture(leitung, `close_reasons${size}_de`);
      const reasons = await dialog(leitung).locator('select[name=reason] option').evaluateAll((all) =>
        all.filter((one) => one.value).map((one) => ({ value: one.value, group: one.parentElement.label })));
      assert.equal(reasons.length, 14);
      for (const { value, group } of viewport === desk ? reasons : reasons.slice(5, 8)) {
        // when
        if (!(await dialog(leitung).count())) await close();
        await dialog(leitung).locator('select[name=reason]').selectOption(value);
        await dialog(leitung).getByRole('button', { name: 'Schließen' }).click();
        // then
        await leitung.getByText('Der Lead ist geschlossen. Der Hersteller wird verständigt.').waitFor();
        assert.equal(await leitung.locator('.dialog.again').count(), 0);
        const sent = Client.block(await program.lead(id), 'feedback').rows.at(-1).cells.message;
        assert.ok(group.endsWith(`Nissan erhält „${sent.split(' · ')[0]}“`), `${value}: ${group} but ${sent}`);
        await act(program, id, 'reopen');
        await open(leitung, id);
      }
      await leitung.context().close();
    });
  }

  test('a source that takes no feedback is not said to hear of anything', async () => {
    const program = await host.signIn('leitung');
    const contract = (await program.leads({ type: 'finance_expiry', tab: 'open' }))[0];
    const leitung = await person('leitung');
    await open(leitung, contract.id);
    const button = leitung.locator('.actions').getByRole('button', { name: 'Schließen', exact: true });
    await button.click();
    assert.doesNotMatch(await dialog(leitung).innerHTML(), /erhält/);
    await dialog(leitung).locator('select[name=reason]').selectOption('price');
    await dialog(leitung).getByRole('button', { name: 'Schließen' }).click();
    await leitung.getByText('Der Lead ist geschlossen.', { exact: true }).waitFor();
    assert.doesNotMatch(await leitung.locator('.notice').first().innerText(), /Hersteller/);
    // and: its way has no test drive
    assert.doesNotMatch(await leitung.locator('#steps').innerText(), /Probefahrt/);
    await picture(leitung, 'contract_closed_de');
    await leitung.context().close();
  });

  test('a sale is taken back, with feedback, in timeline and audit log', async () => {
    // given
    const program = await host.signIn('leitung');
    const id = lead('001');
    await act(program, id, 'close', { state: 'won', reason: 'sale' });
    const verkauf = await person('verkauf1');
    await open(verkauf, id);
    // when
    await verkauf.locator('.actions').getByRole('button', { name: 'Verkauf zurücknehmen' }).click();
    await picture(verkauf, 'sale_back_de');
    await dialog(verkauf).locator('textarea[name=comment]').fill('Die Bank hat abgelehnt');
    await dialog(verkauf).getByRole('button', { name: 'Verkauf zurücknehmen' }).click();
    await verkauf.getByText('Der Lead ist wieder offen. Der Hersteller wird verständigt.').waitFor();
    // then
    assert.match(await verkauf.locator('#timeline').innerText(), /Verkauf zurückgenommen[\s\S]*Die Bank hat abgelehnt/);
    const last = Client.block(await program.lead(id), 'feedback').rows.at(-1).cells;
    assert.equal(last.cause.value, 'assigned');
    const admin = await host.signIn('admin');
    const log = JSON.stringify((await admin.screen('host.audit')).blocks);
    assert.match(log, /leads\.sale_taken_back/);
    assert.match(log, /Verkauf zurückgenommen|Took a sale back/);
    // and: it is sold no longer, wherever that is counted
    const numbers = Client.block(await program.screen('leads.evaluation', { period: 'all' }), 'key_figures').values;
    assert.equal(numbers.won, (await program.leads({ outcome: 'won' })).length);
    assert.equal((await program.leads({ stage: 'sold' })).filter((row) => row.id === String(id)).length, 0);
    await verkauf.context().close();
  });

  test('the same in English', async () => {
    const program = await host.signIn('leitung');
    const id = (await program.leads({ type: 'test_drive', tab: 'open' })).find((row) => row.cells.state.value === 'in_progress')?.id ?? lead('002');
    const leitung = await person('leitung', { locale: 'en-GB' });
    await open(leitung, id);
    await rare(leitung, 'Agree test drive').catch(() => leitung.locator('.actions').getByRole('button', { name: 'Agree test drive' }).click());
    await picture(leitung, 'agree_test_drive_en');
    assert.match(await dialog(leitung).innerText(), /Appears in myContacts, with a file for the calendar/);
    await leitung.context().close();
  });
});
