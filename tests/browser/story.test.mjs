// The newsletter's story over HTTP with JSON, as a program of the dealer's would go through it: from the payload to the
// manufacturer's acknowledgement, on every database.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Client, Host, databases, eventually, sample } from './host.mjs';
import { Receiver, readFeedback } from './receiver.mjs';

const testDrives = sample('siebel_nissan/test_drives_2020-07-22.xml');
const quotes = sample('siebel_nissan/quote_and_preorder.xml');

for (const database of databases()) {
  describe(`the story on ${database.name}`, () => {
    let host, leitung, wien, graz, verkauf, admin;
    const ids = {};

    before(async () => {
      host = await Host.start({ database: database.create() });
      [leitung, wien, graz, verkauf, admin] = await Promise.all(
        ['leitung', 'wien1', 'graz1', 'verkauf1', 'admin'].map((user) => host.signIn(user)));
    });
    after(() => host?.remove());

    const outbox = () => {
      const directory = join(host.data, 'outbox', 'siebel_nissan');
      if (!existsSync(directory)) return [];
      return readdirSync(directory).filter((name) => name.endsWith('.xml'))
        .map((name) => readFeedback(readFileSync(join(directory, name), 'utf8')));
    };

    test('a payload of four test drives: three accepted, one quarantined with the reason', async () => {
      const answer = await host.post('siebel_nissan', testDrives);
      assert.equal(answer.status, 200);
      const report = await answer.json();
      assert.deepEqual([report.accepted, report.repeated, report.legacy, report.quarantined], [3, 0, 0, 1]);
      assert.ok(report.receipt);
      for (const item of report.items) {
        ids[item.external_id] = item.lead;
        if (item.external_id.endsWith('-004')) {
          assert.equal(item.outcome, 'quarantined');
          assert.match(item.reason, /\S+ \S+/);
        } else {
          assert.equal(item.outcome, 'accepted');
        }
      }
    });

    test('the same bytes again change nothing, by any way in', async () => {
      const before = (await leitung.screen('leads.lead', { id: ids['1-7QX2K1-001'] })).version;
      const again = await (await host.post('siebel_nissan', testDrives)).json();
      assert.deepEqual([again.accepted, again.repeated, again.quarantined], [0, 4, 0]);

      const typed = host.run(['import', 'siebel_nissan', '-', '--json'], testDrives);
      assert.equal(typed.status, 0, typed.stderr);
      const report = JSON.parse(typed.stdout);
      assert.deepEqual([report.accepted, report.repeated, report.quarantined], [0, 4, 0]);

      const file = host.drop('siebel_nissan', 'again.xml', testDrives);
      await eventually('the watched folder takes the file', () => !existsSync(file));
      await eventually('and is done with it', () => existsSync(join(host.data, 'inbox/siebel_nissan/done/again.xml')));

      const other = host.drop('siebel_nissan', 'other.xml', testDrives.toString().replace('</SiebelMessage>', ' </SiebelMessage>'));
      await eventually('other bytes with the same fault stand beside their reason', () => !existsSync(other)
        && existsSync(join(host.data, 'inbox/siebel_nissan/quarantine/other.xml'))
        && existsSync(join(host.data, 'inbox/siebel_nissan/quarantine/other.xml.reason.txt')));
      assert.equal((await leitung.screen('leads.lead', { id: ids['1-7QX2K1-001'] })).version, before);
    });

    test('the ISO-8859-1 file dropped into the watched folder gives two leads with right umlauts', async () => {
      host.drop('siebel_nissan', 'quotes.xml', quotes);
      const rows = await eventually('both leads', async () => {
        const found = await leitung.leads({ q: 'office@oellinger.example' });
        return found.length === 1 && existsSync(join(host.data, 'inbox/siebel_nissan/done/quotes.xml')) ? found : false;
      });
      assert.match(JSON.stringify(rows[0].cells.prospect), /Öllinger/);
      const [preOrder] = await leitung.leads({ q: 'weiss' });
      assert.match(JSON.stringify(preOrder.cells.prospect), /Jörg Weiß/);
      assert.equal(preOrder.cells.type.value, 'pre_order');
    });

    test('phones are E.164, e-mails have their domain in lower case, times are UTC', async () => {
      const page = JSON.stringify(await leitung.lead(ids['1-7QX2K1-001']));
      assert.match(page, /"value":"\+436641234567"/);
      assert.doesNotMatch(page, /tel:/, 'she gave no consent to be called: the number is there, to call it is not offered');
      assert.match(page, /Anna\.Huebner@example\.at/);
      const [row] = (await leitung.leads({ q: 'hübner' })).filter((one) => one.id === String(ids['1-7QX2K1-001']));
      assert.ok(row, 'found by name');
      for (const text of ['HUEBNER', 'hubner', '0664 1234567', 'anna.huebner@EXAMPLE.at', '1060', 'qashqai']) {
        const found = await leitung.leads({ q: text });
        assert.ok(found.some((one) => one.id === row.id), `found by ${text}`);
      }
      assert.match(JSON.stringify(await leitung.lead(ids['1-7QX2K1-002'])), /tel:\+436765550199/);
    });

    test('everybody sees what is his, and nothing else exists for him', async () => {
      const [anna, josef, unknown] = ['001', '002', '003'].map((number) => String(ids[`1-7QX2K1-${number}`]));
      const sees = async (client) => new Set((await client.leads()).map((row) => row.id));
      const [all, ofWien, ofGraz, ofVerkauf] = await Promise.all([leitung, wien, graz, verkauf].map(sees));
      assert.ok([anna, josef, unknown].every((id) => all.has(id)), 'leitung sees all');
      assert.deepEqual([anna, josef, unknown].map((id) => ofWien.has(id)), [true, false, false]);
      assert.deepEqual([anna, josef, unknown].map((id) => ofGraz.has(id)), [false, true, false]);
      assert.ok([anna, josef, unknown].every((id) => !ofVerkauf.has(id)));
      for (const row of await graz.leads()) {
        assert.equal(row.cells.location.value, 'graz');
        assert.match(row.cells.type.value, /^test_drive/);
      }

      const missing = await verkauf.get('/screens/leads.lead?id=999999999');
      const hidden = await verkauf.get(`/screens/leads.lead?id=${anna}`);
      assert.equal(missing.status, 404);
      assert.equal(hidden.status, 404);
      const strip = async (answer) => (await answer.text()).replace(/"correlation":"[^"]*"/, '');
      assert.equal(await strip(hidden), await strip(missing));
      for (const [action, input] of Object.entries({
        assign: { user: 'verkauf1' }, reject: { comment: 'x' }, import: {}, contact: { due: '2030-01-01T10:00', kind: 'phone', note: '' },
        progress: { state: 'offer' }, contact_result: { result: 'reached' }, close: { state: 'lost', reason: 'not_reached' },
        reopen: { comment: 'x' }, erase: {},
      })) {
        const there = await verkauf.act('leads.lead', action, { id: anna, version: 1, ...input });
        const not = await verkauf.act('leads.lead', action, { id: '999999999', version: 1, ...input });
        assert.equal(there.http, 404, action);
        assert.deepEqual({ ...there, text: '' }, { ...not, text: '' }, action);
      }
    });

    test('admins are told of the unknown dealer code', async () => {
      const page = await (await admin.get('/screens/host.notifications')).text();
      assert.match(page, /AT99999/);
    });

    test('way one: assign, find it under Meine, import as a new customer, myKontakte', async () => {
      const id = ids['1-7QX2K1-001'];
      const seen = await leitung.lead(id);
      const assigned = await leitung.act('leads.lead', 'assign', { id, version: seen.version, user: 'verkauf1' });
      assert.equal(assigned.http, 200, JSON.stringify(assigned));
      const mine = await verkauf.leads({ tab: 'mine' });
      assert.ok(mine.some((row) => row.id === String(id)));

      const page = await verkauf.lead(id);
      const imported = await verkauf.act('leads.lead', 'import', { id, version: page.version });
      assert.equal(imported.http, 200, JSON.stringify(imported));
      assert.ok(imported.customer);
      const contacts = await (await verkauf.get('/screens/host.contacts')).text();
      assert.match(contacts, /Anna H(ü|\\u00fc)bner/);
      const customer = await (await verkauf.get(`/screens/host.customer?id=${imported.customer}`)).text();
      assert.match(customer, /\+43 ?664 ?1234567/);

      const timeline = Client.block(await verkauf.lead(id), 'timeline').items;
      const kinds = timeline.map((item) => item.kind);
      assert.deepEqual(kinds.filter((kind) => ['received', 'assigned', 'imported'].includes(kind)), ['imported', 'assigned', 'received']);
      assert.match(JSON.stringify(timeline.find((item) => item.kind === 'assigned')), /Sabine Hofer/);
      assert.match(JSON.stringify(timeline.find((item) => item.kind === 'imported')), /Lukas Steiner/);
    });

    test('importing twice with what one saw before is a conflict, and one customer', async () => {
      const id = ids['1-7QX2K1-002'];
      const seen = await leitung.lead(id);
      const both = await Promise.all([1, 2].map(() => leitung.act('leads.lead', 'import', { id, version: seen.version })));
      assert.deepEqual(both.map((one) => one.http).sort(), [200, 409]);
      const conflict = both.find((one) => one.http === 409);
      assert.match(conflict.message, /Sabine Hofer/);
      assert.ok(conflict.changes.length > 0);
      const found = await (await leitung.get('/screens/host.customers?q=Mayr-Gruber')).json();
      const table = found.blocks.find((block) => block.type === 'table');
      assert.equal(table.rows.length, 1);
    });

    test('way two: close directly with a reason; the manufacturer hears of each change', async () => {
      const [row] = await leitung.leads({ q: 'weiss', tab: 'open' });
      const id = row.id;
      let seen = await leitung.lead(id);
      await leitung.act('leads.lead', 'assign', { id, version: seen.version, user: 'verkauf1' });
      seen = await verkauf.lead(id);
      const withoutReason = await verkauf.act('leads.lead', 'close', { id, version: seen.version, state: 'closed' });
      assert.equal(withoutReason.http, 422);
      assert.ok(withoutReason.fields.reason);
      const closed = await verkauf.act('leads.lead', 'close', {
        id, version: seen.version, state: 'closed', reason: 'no_further_contact', comment: '' });
      assert.equal(closed.http, 200, JSON.stringify(closed));

      const messages = await eventually('three messages in the drop folder', () => {
        const found = outbox().filter((one) => one.id === '1-7QX30A-002');
        return found.length === 3 ? found : false;
      }, 40);
      assert.deepEqual(new Set(messages.map((one) => one.status)), new Set(['New', 'Pending', 'Retired']));
      const last = messages.find((one) => one.status === 'Retired');
      assert.equal(last.intObjectName, 'NE Dealer Lead Status');
      assert.equal(last.reason, 'NoFurtherContact');
      assert.equal(last.dealer, 'AT10017');
      assert.equal(last.person, 'verkauf1');
      assert.match(last.date, /^\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d$/);
      assert.equal(last.comments, 'Kein weiterer Kontakt gewünscht');
    });

    test('a receiver that is down is waited for; then each message goes out once, in order', async () => {
      const receiver = await Receiver.start();
      const { port } = receiver;
      await receiver.stop();
      const set = await admin.act('leads.settings', 'feedback_channel', {
        source: 'siebel_nissan', transport: 'https', url: `http://127.0.0.1:${port}/feedback` });
      assert.equal(set.http, 200, JSON.stringify(set));

      const [row] = await leitung.leads({ q: 'office@oellinger.example' });
      let seen = await leitung.lead(row.id);
      await leitung.act('leads.lead', 'assign', { id: row.id, version: seen.version, user: 'verkauf2' });
      seen = await leitung.lead(row.id);
      await leitung.act('leads.lead', 'progress', { id: row.id, version: seen.version, state: 'in_progress' });
      await eventually('the attempt is recorded', async () => {
        const block = Client.block(await leitung.lead(row.id), 'feedback');
        return block.rows.some((one) => /Versuch|connect|Verbindung|erreich/i.test(JSON.stringify(one)));
      }, 40);

      const up = await Receiver.start(undefined, port);
      try {
        // The pause grows from a minute; an admin need not wait for it.
        const got = await eventually('both messages', async () => {
          const log = await admin.screen('leads.feedback_log', { status: 'waiting' });
          for (const waiting of Client.block(log, 'messages').rows) {
            await admin.act('leads.feedback_log', 'resend', { message: waiting.id });
          }
          const ours = up.messages.map(readFeedback).filter((one) => one.id === '1-7QX30A-001');
          return ours.length >= 2 ? ours : false;
        }, 60);
        assert.deepEqual(got.map((one) => one.status), ['Pending', 'Accepted']);
        assert.equal(new Set(up.messages.map((xml) => readFeedback(xml).messageId)).size, up.messages.length);
      } finally {
        await up.stop();
        await admin.act('leads.settings', 'feedback_channel', {
          source: 'siebel_nissan', transport: 'directory', directory: '' });
      }
    });

    test('two people on one lead: the second is told what changed, nothing is overwritten', async () => {
      const [row] = await leitung.leads({ tab: 'unassigned', type: 'test_drive', location: 'graz' });
      const seen = await leitung.lead(row.id);
      const first = await graz.act('leads.lead', 'assign', { id: row.id, version: seen.version, user: 'verkauf2' });
      assert.equal(first.http, 200, JSON.stringify(first));
      const second = await leitung.act('leads.lead', 'assign', { id: row.id, version: seen.version, user: 'verkauf3' });
      assert.equal(second.http, 409);
      assert.match(second.message, /Petra Kogler/);
      const now = (await leitung.leads({ q: '' })).find((one) => one.id === row.id);
      assert.equal(now.cells.assignee.value, 'verkauf2');
    });

    test('rights: the last ALLE cannot be taken away, a granted location is seen at once', async () => {
      const last = await admin.act('leads.settings', 'grant', { user: 'leitung', category: 'siebel_nissan', scope: 'none' });
      assert.ok([409, 422].includes(last.http), JSON.stringify(last));
      assert.match(last.message, /ALLE/);

      const before = await verkauf.leads({ location: 'linz' });
      const granted = await admin.act('leads.settings', 'grant', {
        user: 'verkauf1', type: 'quote_request', scope: 'locations', locations: ['linz'] });
      assert.equal(granted.http, 200, JSON.stringify(granted));
      const after = await verkauf.leads({ location: 'linz', type: 'quote_request' });
      assert.ok(after.length > before.filter((row) => row.cells.type.value === 'quote_request').length);
      const withdrawn = await admin.act('leads.settings', 'grant', { user: 'verkauf1', type: 'quote_request', scope: 'inherit' });
      assert.equal(withdrawn.http, 200);
      assert.equal((await verkauf.leads({ location: 'linz' })).length, before.length);

      const forbidden = await verkauf.act('leads.settings', 'grant', { user: 'verkauf1', category: 'siebel_nissan', scope: 'all' });
      assert.ok([403, 404].includes(forbidden.http));
      const unknown = await admin.act('leads.settings', 'grant', { user: 'niemand', category: 'siebel_nissan', scope: 'all' });
      assert.equal(unknown.http, 422);
      assert.ok(unknown.fields.user);
    });

    test('disabled while serving: entries, screens and hooks are gone; enabled: all data is back', async () => {
      const all = (await leitung.leads()).length;
      const off = host.run(['plugin', 'disable', 'lead_system']);
      assert.equal(off.status, 0, off.stderr);
      await eventually('the menu entry goes', async () => !JSON.stringify(await leitung.menu()).includes('leads.overview'));
      assert.equal((await leitung.get('/screens/leads.overview')).status, 404);
      // The source is known: a sender that comes back later loses nothing. One that never was is not there.
      const refused = await host.post('siebel_nissan', testDrives);
      assert.equal(refused.status, 503);
      assert.ok(Number(refused.headers.get('retry-after')) > 0);
      assert.ok((await refused.json()).error);
      assert.equal((await host.post('nobody', testDrives)).status, 404);
      assert.equal((await fetch(`${host.url}/health`)).status, 200);
      assert.equal((await leitung.get('/screens/host.contacts')).status, 200);

      const on = host.run(['plugin', 'enable', 'lead_system']);
      assert.equal(on.status, 0, on.stderr);
      await eventually('the menu entry comes back', async () => JSON.stringify(await leitung.menu()).includes('leads.overview'));
      assert.equal((await leitung.leads()).length, all);
      const again = await (await host.post('siebel_nissan', testDrives)).json();
      assert.equal(again.repeated, 4);
    });

    test('after kill -9 everything that was answered is there', async () => {
      const all = (await leitung.leads()).map((row) => row.id).sort();
      await host.end('SIGKILL');
      await host.serve();
      leitung = await host.signIn('leitung');
      assert.deepEqual((await leitung.leads()).map((row) => row.id).sort(), all);
    });

    test('SIGTERM ends cleanly', async () => {
      assert.equal(await host.end('SIGTERM'), 0);
    });
  });
}
