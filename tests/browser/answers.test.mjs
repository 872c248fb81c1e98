// Answers by e-mail: an admin takes over the shipped texts and switches them on; a receipt goes to whoever has allowed it; a
// salesperson answers from the lead, without a script; what the prospect answers stands in the timeline and in "Heute".
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { faults } from './axe.mjs';
import { Client, Host, artefacts, databases, eventually, oneLead } from './host.mjs';
import { MailServer, body, field } from './mail_server.mjs';
import { launch, phone, signedIn } from './people.mjs';

const consent = (given) => `<ListOfConsent><Consent><Channel>Email</Channel><Given>${given}</Given></Consent></ListOfConsent>`;
const vehicle = '<ListOfVehicle><Vehicle><Make>Nissan</Make><Model>Qashqai</Model></Vehicle></ListOfVehicle>';
/** What arrives now. */
const enquiry = (fields) => oneLead({ ...fields, more: vehicle + (fields.consent === undefined ? '' : consent(fields.consent)) }).replace(/<Created>.*?<\/Created>/, '');
const footer = 'Autohaus Tauernblick GmbH, Tauernstraße 1, 1010 Wien\nFN 123456 a, Handelsgericht Wien, UID ATU12345678';

for (const database of databases()) {
  describe(`answers on ${database.name}`, () => {
    let host, browser, mail, replies, admin, leitung, verkauf;
    before(async () => {
      mail = await MailServer.start();
      replies = mkdtempSync(join(tmpdir(), 'replies-'));
      for (const part of ['new', 'cur', 'tmp']) mkdirSync(join(replies, part));
      host = await Host.start({
        database: database.create(),
        env: { DMS_MAIL_PASSWORD: MailServer.password },
        serving: ['--mail-server', mail.url, '--mail-from', MailServer.user, '--mail-user', MailServer.user, '--mail-replies', replies],
      });
      browser = await launch();
      [admin, leitung, verkauf] = [await host.signIn('admin'), await host.signIn('leitung'), await host.signIn('verkauf1')];
    });
    after(async () => {
      await browser?.close();
      await host?.remove();
      await mail?.close();
    });

    const arrive = async (fields) => {
      const posted = await host.post('siebel_nissan', enquiry(fields));
      assert.equal(posted.status, 200);
      const [row] = await leitung.leads({ q: fields.last });
      return row;
    };
    const timeline = async (id) => Client.block(await leitung.lead(id), 'timeline').items;
    const kinds = async (id) => (await timeline(id)).map((one) => one.kind);

    test('nothing is sent before an admin says so', async () => {
      const row = await arrive({ id: 'ANS-1', last: 'Vorher', email: 'vorher@kunde.at', consent: 'Y' });
      await new Promise((done) => setTimeout(done, 3000));
      assert.equal(mail.letters.length, 0);
      assert.deepEqual(await kinds(row.id), ['received']);
    });

    test('an admin takes over the shipped texts, reads one, and switches it on', async () => {
      const page = await signedIn(browser, host, 'admin');
      await page.goto(`${host.url}/screens/leads.settings?tab=answers`);
      await page.screenshot({ path: join(artefacts, 'answers_empty_de.png'), fullPage: true });
      await page.getByRole('button', { name: 'Mitgelieferte Vorlagen übernehmen' }).or(page.getByRole('link', { name: 'Mitgelieferte Vorlagen übernehmen' })).first().click();
      await page.getByRole('button', { name: 'Mitgelieferte Vorlagen übernehmen' }).last().click();
      await page.getByText(/6 (Texte|Vorlagen) sind jetzt da/).first().waitFor();
      const rows = Client.block(await admin.screen('leads.settings', { tab: 'answers' }), 'answer_templates').rows;
      assert.equal(rows.length, 6);
      assert.ok(rows.every((one) => one.cells.state.value === false), 'none is in use');
      // Without a footer, and without a text in use, receipts cannot be switched on.
      assert.equal((await admin.act('leads.settings', 'receipts', { type: 'test_drive', locations: ['wien'] })).http, 422);
      for (const row of rows) {
        await page.goto(`${host.url}/screens/leads.settings?tab=answers&template=${row.id}`);
        if (row === rows[0]) await page.screenshot({ path: join(artefacts, 'answer_text_de.png'), fullPage: true });
        await page.getByLabel('In Verwendung').check();
        await page.getByRole('button', { name: 'Speichern' }).click();
        await page.getByText('Die Vorlage ist gespeichert.').first().waitFor();
      }
      const saved = await admin.act('leads.settings', 'answer_footer', { location: '', language: 'de', seen: '', body: footer });
      assert.equal(saved.http, 200, JSON.stringify(saved));
      const on = await admin.act('leads.settings', 'receipts', { type: 'test_drive', locations: ['wien', 'graz'], seen: '' });
      assert.equal(on.http, 200, JSON.stringify(on));
      await page.goto(`${host.url}/screens/leads.settings?tab=answers`);
      await page.screenshot({ path: join(artefacts, 'answers_settings_de.png'), fullPage: true });
      await page.goto(`${host.url}/screens/leads.settings?tab=history`);
      const text = await page.locator('#content').innerText();
      for (const words of ['Eingangsbestätigungen per E-Mail', 'Vorlage einer Antwort', 'Fußzeile']) assert.ok(text.includes(words), words);
      await page.context().close();
    });

    test('bad texts name their field and change nothing', async () => {
      const [row] = Client.block(await admin.screen('leads.settings', { tab: 'answers' }), 'answer_templates').rows;
      const one = { template: row.id, version: '2', kind: 'answer', language: 'de', title: 'x', subject: 'x' };
      for (const input of [{ ...one, body: '{Preis}' }, { ...one, body: '' }, { ...one, body: '{' }, { ...one, body: 'x', language: 'xx' }, { ...one, body: 'x', reach: 'type:x' }]) {
        const answer = await admin.act('leads.settings', 'answer_template', input);
        assert.equal(answer.http, 422, JSON.stringify(input));
        assert.ok(Object.keys(answer.fields).length > 0);
      }
      assert.equal((await admin.act('leads.settings', 'answer_template', { ...one, version: '1', body: 'x' })).http, 409);
      assert.equal((await admin.act('leads.settings', 'answer_template', { ...one, template: '9999', body: 'x' })).http, 409);
      assert.equal((await leitung.act('leads.settings', 'answer_take', {})).http, 404);
      assert.equal((await admin.get('/screens/leads.settings?tab=answers&template=9999')).status, 404);
    });

    test('whoever allowed it gets a receipt within a minute, and it is no contact', async () => {
      const row = await arrive({ id: 'ANS-2', last: 'Erlaubt', first: 'Anna', email: 'erlaubt@kunde.at', consent: 'Y' });
      const silent = await arrive({ id: 'ANS-3', last: 'Schweigt', email: 'schweigt@kunde.at' });
      const refused = await arrive({ id: 'ANS-4', last: 'Verweigert', email: 'verweigert@kunde.at', consent: 'N' });
      await eventually('the receipt', () => mail.to('erlaubt@kunde.at').length === 1, 60);
      const [letter] = mail.to('erlaubt@kunde.at');
      assert.equal(field(letter, 'Auto-Submitted'), 'auto-replied');
      assert.match(field(letter, 'Message-ID'), /^<dms\.[0-9a-f]{32}@autohaus\.example>$/);
      for (const words of ['Guten Tag Anna Erlaubt,', 'Nissan Qashqai', 'FN 123456 a']) assert.ok(body(letter).includes(words), words);
      assert.ok(!body(letter).includes('Wunschtermin'), 'a line without its value is left out');
      assert.deepEqual((await kinds(row.id)).slice(0, 1), ['receipt_sent']);
      assert.equal(Client.block(await leitung.lead(row.id), 'steps') !== undefined, true);
      for (const one of [silent, refused]) assert.deepEqual(await kinds(one.id), ['received']);
      assert.equal(mail.letters.length, 1);
      // The same payload again sends nothing again.
      await host.post('siebel_nissan', enquiry({ id: 'ANS-2', last: 'Erlaubt', first: 'Anna', email: 'erlaubt@kunde.at', consent: 'Y' }));
      await new Promise((done) => setTimeout(done, 3000));
      assert.equal(mail.letters.length, 1);
    });

    test('a salesperson answers from the lead, and what comes back stands there', async () => {
      const row = await arrive({ id: 'ANS-5', last: 'Antwortet', first: 'Eva', email: 'antwortet@kunde.at', consent: 'Y' });
      const assigned = await leitung.act('leads.lead', 'assign', { id: row.id, version: String((await leitung.lead(row.id)).version), user: 'verkauf1' });
      assert.equal(assigned.http, 200, JSON.stringify(assigned));
      const page = await signedIn(browser, host, 'verkauf1');
      await page.goto(`${host.url}/screens/leads.lead?id=${row.id}`);
      await page.screenshot({ path: join(artefacts, 'answer_lead_de.png'), fullPage: true });
      await page.getByRole('link', { name: 'Antworten', exact: true }).first().click();
      await page.screenshot({ path: join(artefacts, 'answer_de.png'), fullPage: true });
      const text = await page.locator('#content').innerText();
      for (const words of ['An Eva Antwortet, antwortet@kunde.at', 'FN 123456 a', 'Wenn nichts zurückkommt']) assert.ok(text.includes(words), words);
      await page.getByRole('link', { name: 'Telefonisch nicht erreicht' }).click();
      const area = page.locator('textarea[name$=text]');
      assert.match(await area.inputValue(), /ich habe versucht, Sie zu Ihrer Anfrage zu erreichen/);
      assert.match(await area.inputValue(), /\+43 1 555 01 \d\d\n/, 'the telephone number of who writes');
      await area.fill(`${await area.inputValue()}\n\nPS: Der Qashqai steht bei uns im Hof.`);
      await page.getByRole('button', { name: 'Senden', exact: true }).click();
      await page.getByText('Die Antwort an Eva Antwortet ist unterwegs.').first().waitFor();
      await page.screenshot({ path: join(artefacts, 'answer_sent_de.png'), fullPage: true });
      const letter = await eventually('the answer', () => mail.to('antwortet@kunde.at').find((one) => body(one).includes('PS:')), 60);
      assert.equal(field(letter, 'Auto-Submitted'), undefined);
      assert.ok((await kinds(row.id)).includes('answered'));
      // A machine, then the person.
      const id = field(letter, 'Message-ID');
      const reply = (name, more, words) => writeFileSync(join(replies, 'new', name), `From: Eva Antwortet <antwortet@kunde.at>\r\nSubject: Re: Ihre Anfrage\r\nIn-Reply-To: ${id}\r\n${more}\r\n${words}\r\n`);
      reply('1.machine', 'Auto-Submitted: auto-replied\r\n', 'Ich bin im Urlaub.');
      reply('2.person', 'Content-Type: multipart/mixed; boundary=b\r\n', [
        '--b\r\nContent-Type: text/plain\r\n\r\nFreitag um zehn passt mir gut.\r\n\r\nAm Montag schrieb Autohaus:\r\n> ich habe versucht\r\n',
        '--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="Zulassungsschein.pdf"\r\n\r\n', 'x'.repeat(2000), '\r\n--b--'].join(''));
      await eventually('the reply', async () => (await kinds(row.id)).includes('reply_received'), 60);
      const [told] = (await timeline(row.id)).filter((one) => one.kind === 'reply_received');
      assert.equal(told.quote, 'Freitag um zehn passt mir gut.');
      assert.match(told.detail, /1 Datei kam mit und liegt im Postfach: Zulassungsschein\.pdf \(2 KB\)/);
      assert.equal((await kinds(row.id)).filter((one) => one === 'reply_received').length, 1);
      await page.goto(`${host.url}/screens/leads.lead?id=${row.id}`);
      await page.screenshot({ path: join(artefacts, 'answer_reply_de.png'), fullPage: true });
      await page.goto(`${host.url}/screens/leads.today`);
      await page.screenshot({ path: join(artefacts, 'answer_today_de.png'), fullPage: true });
      const group = Client.block(await verkauf.screen('leads.today'), 'to_answer');
      assert.ok(group.rows.some((one) => one.id === row.id), 'stands under "Antworten" until somebody does');
      const reached = await verkauf.act('leads.lead', 'contact_result', { id: row.id, version: String((await verkauf.lead(row.id)).version), result: 'reached', next: 'week' });
      assert.equal(reached.http, 200, JSON.stringify(reached));
      const later = Client.block(await verkauf.screen('leads.today'), 'to_answer');
      assert.ok(!(later?.rows ?? []).some((one) => one.id === row.id));
      await page.context().close();
    });

    test('whoever refuses e-mails is written to by nobody, and others see nothing', async () => {
      const row = await arrive({ id: 'ANS-6', last: 'Keinesfalls', email: 'keinesfalls@kunde.at', consent: 'N' });
      const page = await leitung.lead(row.id);
      assert.ok(!page.actions.some((one) => one.action === 'answer'));
      const shown = await leitung.screen('leads.answer', { id: row.id });
      assert.equal(Client.block(shown, 'no_answer').tone, 'warn');
      const sent = await leitung.act('leads.answer', 'send', { id: row.id, version: String(page.version), subject: 'x', text: 'x' });
      assert.equal(sent.http, 422, JSON.stringify(sent));
      const graz = await host.signIn('verkauf10');
      const seen = new Set((await graz.leads()).map((one) => one.id));
      assert.ok(!seen.has(row.id));
      assert.equal((await graz.get(`/screens/leads.answer?id=${row.id}`)).status, 404);
      assert.equal((await graz.act('leads.answer', 'send', { id: row.id, version: '1', subject: 'x', text: 'x' })).http, 404);
    });

    test('what cannot be delivered is told to the salesperson and the admin', async () => {
      const row = await arrive({ id: 'ANS-7', last: 'Unbekannt', email: 'unbekannt@kunde.at' });
      mail.refused.add('unbekannt@kunde.at');
      const sent = await leitung.act('leads.answer', 'send', { id: row.id, version: String((await leitung.lead(row.id)).version), subject: 'Ihre Anfrage', text: 'Guten Tag', language: 'de' });
      assert.equal(sent.http, 200, JSON.stringify(sent));
      await eventually('the failure', async () => (await kinds(row.id)).includes('mail_failed'), 60);
      const page = await signedIn(browser, host, 'admin');
      await page.goto(`${host.url}/screens/host.mails`);
      await page.screenshot({ path: join(artefacts, 'mails_de.png'), fullPage: true });
      const text = await page.locator('#content').innerText();
      for (const words of ['unbekannt@kunde.at', 'Nicht zugestellt', 'Der Mailserver hat die Nachricht abgelehnt: 550']) assert.ok(text.includes(words), words);
      mail.refused.clear();
      await page.getByRole('button', { name: /senden/ }).first().click();
      await eventually('the second try', () => mail.to('unbekannt@kunde.at').length === 1, 60);
      await page.context().close();
    });

    test('what was written goes with the person, also what he wrote', async () => {
      const [row] = await leitung.leads({ q: 'Antwortet' });
      assert.ok(readdirSync(join(replies, 'cur')).some((name) => name.startsWith('2.person')));
      const exported = await (await admin.get('/screens/leads.privacy?export=json&email=antwortet@kunde.at')).text();
      for (const words of ['Freitag um zehn passt mir gut.', 'PS: Der Qashqai']) assert.ok(exported.includes(words), words);
      const erased = await admin.act('leads.privacy', 'erase_person', { leads: [row.id] });
      assert.equal(erased.http, 200, JSON.stringify(erased));
      for (const item of await timeline(row.id)) assert.ok(!item.quote, item.kind);
      await eventually('the host has forgotten', () => !readdirSync(join(replies, 'cur')).some((name) => name.startsWith('2.person')), 90);
    });

    test('the pages hold what WCAG asks, at the desk and on the phone', async () => {
      const row = await arrive({ id: 'ANS-8', last: 'Barrierefrei', email: 'barrierefrei@kunde.at', consent: 'Y' });
      for (const [user, locale, viewport] of [['admin', 'de-AT', undefined], ['admin', 'en', phone]]) {
        const page = await signedIn(browser, host, user, { locale, viewport, javaScriptEnabled: true, bypassCSP: true });
        for (const address of ['leads.settings?tab=answers', 'leads.settings?tab=answers&template=new', `leads.settings?tab=answers&template=1`, 'host.mails', 'leads.help?page=answers']) {
          await page.goto(`${host.url}/screens/${address}`);
          assert.deepEqual(await faults(page), [], `${address} ${locale}`);
        }
        await page.context().close();
        const seller = await signedIn(browser, host, 'leitung', { locale, viewport, javaScriptEnabled: true, bypassCSP: true });
        await seller.goto(`${host.url}/screens/leads.answer?id=${row.id}`);
        assert.deepEqual(await faults(seller), [], `answer ${locale}`);
        await seller.screenshot({ path: join(artefacts, `answer_${locale.slice(0, 2)}_${viewport ? 'phone' : 'desk'}.png`), fullPage: true });
        await seller.context().close();
      }
    });

    test('the doctor looks at the mail server', async () => {
      const seen = host.run(['doctor', '--mail-server', mail.url, '--mail-from', MailServer.user]);
      assert.match(seen.stdout, /ok +E-[Mm]ails: 127\.0\.0\.1/);
      const lost = host.run(['doctor', '--mail-server', 'smtp://127.0.0.1:9', '--mail-from', MailServer.user]);
      assert.match(lost.stdout, /BAD +E-[Mm]ails/);
      const wrong = host.run(['doctor', '--mail-server', 'smtp://a:b@127.0.0.1', '--mail-from', MailServer.user]);
      assert.match(wrong.stdout, /BAD/);
    });
  });
}
