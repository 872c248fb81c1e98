// Feedback as an admin lives with it: he sets a channel up, tries it out, decides about what was rejected; a sale that
// comes later; in the browser, without JavaScript, with pictures.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Client, Host, artefacts, eventually, sample, settleFeedback } from './host.mjs';
import { desk, launch, phone, signedIn } from './people.mjs';
import { Receiver, readFeedback } from './receiver.mjs';


describe('feedback in the browser', () => {
  let host, browser, receiver, leitung, admin, report;
  const rejecting = (body) => ({ status: 200, body: readFeedback(body).status === 'Pending'
    ? '<R><Status>NOTOK</Status><ErrorMessage>Unknown dealer AT10017</ErrorMessage></R>' : '<R><Status>OK</Status></R>' });

  before(async () => {
    host = await Host.start();
    receiver = await Receiver.start();
    [leitung, admin] = await Promise.all(['leitung', 'admin'].map((user) => host.signIn(user)));
    await settleFeedback(host, admin, 'siebel_nissan');
    report = await (await host.post('siebel_nissan', sample('siebel_nissan/test_drives_2020-07-22.xml'))).json();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await receiver?.stop();
    await host?.remove();
  });

  const lead = (number) => report.items.find((item) => item.external_id === `1-7QX2K1-${number}`).lead;
  const picture = (page, name) => page.screenshot({ path: join(artefacts, `${name}.png`), fullPage: true });
  const person = (user, how = {}) => signedIn(browser, host, user, { bypassCSP: true, acceptDownloads: true, ...how });
  const act = async (id, action, input) => {
    const done = await leitung.act('leads.lead', action, { id, version: (await leitung.lead(id)).version, ...input });
    assert.equal(done.http, 200, JSON.stringify(done));
  };
  const feedbackOf = async (id) => Client.block(await leitung.lead(id), 'feedback').rows.map((row) =>
    [row.cells.message.text ?? row.cells.message, row.cells.state.value]);

  test('a channel is set up on its form: only the fields of its way, mistakes told beside them, then tried out', async () => {
    const page = await person('admin');
    await page.goto(`${host.url}/screens/leads.settings?tab=feedback`);
    await page.getByRole('row', { name: /NISSAN/ }).getByRole('link', { name: 'Ändern' }).click();
    await page.getByRole('link', { name: 'SFTP', exact: true }).click();
    assert.equal(await page.locator('[name=host_key]').count(), 1);
    assert.equal(await page.locator('[name=token]').count(), 0);
    await picture(page, 'channel_sftp_de');
    await page.getByRole('link', { name: 'HTTPS', exact: true }).click();
    assert.equal(await page.locator('[name=host_key]').count(), 0);
    await page.fill('[name=url]', 'http://feedback.example/');
    await page.fill('[name=password]', 'geheim');
    await page.getByRole('button', { name: 'Speichern' }).click();
    await page.getByText('gehen nur über https://').first().waitFor();
    assert.equal(await page.inputValue('[name=password]'), '', 'a password is not sent back');
    await picture(page, 'channel_mistake_de');
    await page.fill('[name=url]', receiver.url);
    await page.fill('[name=user]', 'haendler');
    await page.fill('[name=password]', 'geheim');
    await page.getByRole('button', { name: 'Speichern' }).click();
    await page.getByText('Der Kanal ist gespeichert').waitFor();
    await page.getByText('Ist gesetzt.').waitFor();
    assert.doesNotMatch(await page.content(), /geheim"/);
    await page.getByRole('row', { name: /NISSAN/ }).getByRole('button', { name: 'Testen' }).click();
    await page.getByText(/ist erreichbar/).waitFor();
    await picture(page, 'channel_tried_de');
    assert.equal(receiver.messages.length, receiver.messages.filter((body) => body).length, 'no empty message was posted');
    for (const [locale, viewport, name] of [['en-GB', desk, 'channel_en'], ['de-AT', phone, 'channel_phone_de']]) {
      const other = await person('admin', { locale, viewport });
      await other.goto(`${host.url}/screens/leads.settings?tab=feedback&channel=siebel_nissan`);
      await picture(other, name);
    }
  });

  test('rejected: the admins are notified, one is sent again, one given up with a reason that the timeline has', async () => {
    receiver.answer = rejecting;
    for (const number of ['001', '002']) await act(lead(number), 'assign', { user: 'verkauf1' });
    await eventually('both are rejected', async () =>
      (await admin.screen('leads.feedback_log', { status: 'rejected' })).blocks.some((block) => block.id === 'messages' && block.rows.length === 2));
    const page = await person('admin');
    await page.goto(`${host.url}/screens/host.notifications`);
    await page.getByText(/Nissan hat eine Rückmeldung abgewiesen/).first().waitFor();
    await page.goto(`${host.url}/screens/leads.feedback_log`);
    await picture(page, 'feedback_log_rejected_de');
    await page.fill('#content [name=q]', '1-7QX2K1-001');
    await page.selectOption('[name=status]', 'rejected');
    await page.getByRole('button', { name: 'Anwenden' }).click();
    const rows = page.locator('#messages tbody tr');
    assert.equal(await rows.count(), 1);
    await rows.first().getByRole('link').first().click();
    await page.getByText('Unknown dealer AT10017').first().waitFor();
    await page.locator('.title-actions').getByRole('button', { name: 'Aufgeben' }).click();
    await picture(page, 'feedback_give_up_de');
    await page.locator('[popover]:popover-open textarea').fill('Händlercode mit Nissan geklärt');
    await page.locator('[popover]:popover-open').getByRole('button', { name: 'Aufgeben' }).click();
    await page.getByText('Die Rückmeldung ist aufgegeben').waitFor();
    await page.getByText('Händlercode mit Nissan geklärt').first().waitFor();
    await picture(page, 'feedback_message_de');

    const seller = await person('leitung');
    await seller.goto(`${host.url}/screens/leads.lead?id=${lead('001')}`);
    await seller.getByText('Händlercode mit Nissan geklärt').first().waitFor();

    // the other one: all rejected of the channel at once, when the manufacturer knows the dealer
    receiver.answer = () => ({ status: 200, body: '<R><Status>OK</Status></R>' });
    await page.goto(`${host.url}/screens/leads.feedback_log`);
    await page.locator('.title-actions').getByRole('button', { name: /abgewiesene/ }).click();
    await page.locator('[popover]:popover-open').getByRole('button', { name: 'Erneut senden' }).click();
    await page.getByText('Rückmeldungen, die erneut gesendet werden: 1').waitFor();
    await eventually('it is acknowledged', async () =>
      (await feedbackOf(lead('002'))).every(([, state]) => state === 'acknowledged'));
    for (const [locale, viewport, name] of [['en-GB', desk, 'feedback_log_en'], ['de-AT', phone, 'feedback_log_phone_de']]) {
      const other = await person('admin', { locale, viewport });
      await other.goto(`${host.url}/screens/leads.feedback_log`);
      await picture(other, name);
    }
  });

  test('the export holds what is filtered, with answer and decision', async () => {
    const csv = await (await admin.get('/screens/leads.feedback_log/export.csv?q=1-7QX2K1-001')).text();
    const lines = csv.trim().split('\r\n');
    assert.equal(lines.length, 3, csv);
    assert.match(csv, /Händlercode mit Nissan geklärt/);
    assert.match(csv, /Unknown dealer AT10017/);
    assert.equal((await admin.get('/screens/leads.feedback_log/export.xlsx')).status, 200);
    assert.ok([403, 404].includes((await leitung.get('/screens/leads.feedback_log/export.csv')).status));
  });

  test('a sale that comes after the lead was closed is reported too', async () => {
    const id = lead('002');
    await act(id, 'close', { state: 'closed', reason: 'no_further_contact' });
    await act(id, 'reopen', { comment: 'Hat es sich überlegt' });
    await act(id, 'close', { state: 'won', reason: 'sale' });
    await eventually('the sale is acknowledged', async () => {
      const all = await feedbackOf(id);
      return all.every(([, state]) => state === 'acknowledged') && /Converted · Won/.test(JSON.stringify(all));
    });
    const got = receiver.messages.map(readFeedback).filter((one) => one.id === '1-7QX2K1-002').map((one) => one.status);
    assert.deepEqual(got.slice(-3).filter((status) => ['Retired', 'Converted'].includes(status)), ['Retired', 'Converted']);
    assert.equal(readFeedback(receiver.messages.at(-1)).reason, 'Won');
  });
});
