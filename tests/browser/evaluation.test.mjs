// The evaluation over HTTP, on the demo dealership: its numbers are those of an independent script over the exported
// leads, and each of them opens exactly its leads.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Host, databases, eventually, readFileSync, sleep } from './host.mjs';
import { MailServer, certificate, readMail } from './receiver.mjs';

const here = dirname(fileURLToPath(import.meta.url));

function recompute(given) {
  const made = spawnSync(join(here, '../evaluation/recompute'), { input: JSON.stringify(given), encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(made.status, 0, made.stderr);
  return JSON.parse(made.stdout);
}

/** "1-6 08:00–18:00" of the host's own screen. */
function hoursOf(text) {
  return [...text.matchAll(/([\d-]+) (\d\d:\d\d)–(\d\d:\d\d)/g)].map(([, days, from, to]) => ({ days, from, to }));
}

async function exported(client, query) {
  const ids = async (feedback) => (await client.leads({ ...query, feedback })).map((row) => row.id);
  return {
    leads: await client.leads({ ...query, export: 'csv' }),
    feedback: { pending: await ids('pending'), rejected: await ids('rejected'), failed: await ids('failed') },
  };
}

/** Every link of the evaluation that leads to leads: {where, leads, params}. */
function links(document) {
  const found = [];
  const digits = (text) => Number(text.replace(/\D/g, ''));
  const add = (where, column, cell, table, row) => {
    if (!cell?.link && !cell?.linked) return;
    const head = table?.columns.find((one) => one.id === column);
    const params = cell.link?.params ?? { ...table?.leads_to.params, ...head?.params, ...row?.params };
    const [part, of] = (cell.title ?? cell.text).split(/ von | of /);
    const rate = ['success_rate', 'within_deadline'].includes(column);
    found.push({ where: `${where}/${column}`, leads: digits(rate ? of : part), params });
  };
  const figures = Client.block(document, 'key_figures');
  for (const item of figures.items) {
    add('key figure', item.id, item.value);
    for (const part of item.detail_parts ?? []) if (part.label) found.push({ where: `below ${item.id}`, leads: digits(part.label), params: part.params ?? {} });
  }
  for (const table of Client.block(document, 'tables').blocks) {
    for (const row of [...table.rows, { id: 'total', cells: table.totals ?? {} }]) {
      for (const [column, cell] of Object.entries(row.cells)) add(`${table.id}/${row.id}`, column, cell, table, row);
    }
  }
  return found;
}

const query = (params) => new URLSearchParams(Object.entries(params).flatMap(([name, value]) => [value].flat().map((one) => [name, one])));

const people = [['leitung', 'demo'], ['graz2', 'a long password'], ['admin', 'demo']];

for (const database of databases()) {
  test(`evaluation on ${database.name}`, { timeout: 600_000 }, async (on) => {
    let host;
    let locations;
    before(async () => {
      host = await Host.start({ database: database.create() });
      const admin = await host.signIn('admin');
      const rows = (await admin.screen('host.locations')).blocks.find((block) => block.type === 'table').rows;
      locations = Object.fromEntries(rows.map((row) => [row.id, { hours: hoursOf(row.cells.hours.value) }]));
      // A manager of one place, and an admin who sees the test drives.
      const added = host.run(['user', 'add', 'graz2', '--name', 'Vera Graz', '--role', 'manager', '--location', 'graz', '--email', 'vera@autohaus.example.at'], 'a long password\n');
      assert.equal(added.status, 0, added.stderr);
      for (const grant of [
        { user: 'graz2', category: 'siebel_nissan', scope: 'locations', locations: ['graz'] },
        { user: 'admin', category: 'siebel_nissan', scope: 'all' },
      ]) await eventually(`a right of ${grant.user}`, async () => (await admin.act('leads.settings', 'grant', grant)).http === 200);
      // The manufacturer's answers to the demo's leads come in first: numbers that move cannot be compared.
      const leitung = await host.signIn('leitung');
      await eventually('the feedback is sent', async () =>
        Client.block(await leitung.screen('leads.evaluation', { period: 'all' }), 'key_figures').values.feedback_pending === 0, 120);
      assert.ok(Object.values(locations).every((place) => place.hours.length > 0), JSON.stringify(rows));
    });
    after(() => host?.remove());

    for (const [user, password] of people) {
      await on.test(`its numbers for ${user} are those of an independent recomputation`, async () => {
        const client = await host.signIn(user, password);
        for (const filter of [{}, { day: 'sale' }, { type: 'test_drive' }, { location: 'wien' }, { assignee: 'verkauf1' }]) {
          const given = await exported(client, filter);
          const shown = Client.block(await client.screen('leads.evaluation', { period: 'all', ...filter }), 'key_figures').values;
          const plain = recompute({ ...given, day: filter.day, locations, outcomes: {}, now: Date.now() * 1000 });
          for (const [id, value] of Object.entries(plain)) {
            if (value === null || Number.isInteger(value)) assert.equal(shown[id], value, `${id} of ${JSON.stringify(filter)}`);
            else assert.ok(Math.abs(shown[id] - value) < 1e-9, `${id}: ${shown[id]} instead of ${value}`);
          }
          assert.ok(plain.received > 0 || filter.assignee || filter.location, JSON.stringify(filter));
        }
      });
    }

    await on.test('an anonymised lead still counts as what it ended', async () => {
      const admin = await host.signIn('admin');
      const leitung = await host.signIn('leitung');
      const sold = (await leitung.leads({ state: 'won' }))[0];
      const numbers = async () => Client.block(await leitung.screen('leads.evaluation', { period: 'all' }), 'key_figures').values;
      const was = await numbers();
      const made = await admin.act('leads.lead', 'erase', { id: sold.id, version: String(sold.version) });
      assert.equal(made.http, 200, JSON.stringify(made));
      // The manufacturer hears of it, so that a message may wait.
      const now = await numbers();
      assert.deepEqual({ ...now, feedback_pending: 0 }, { ...was, feedback_pending: 0 });
      const plain = recompute({ ...(await exported(leitung, {})), locations, outcomes: { [sold.id]: 'won' }, now: Date.now() * 1000 });
      assert.equal(plain.won, now.won);
      assert.equal(plain.success_rate, now.success_rate);
    });

    await on.test('a monthly report goes once to each chosen reader, with his own numbers', async () => {
      // given: a mail server that first refuses, and two readers with different rights
      const server = await MailServer.start();
      server.refuse = 1;
      const set = (key, value) => assert.equal(host.run(['plugin', 'set', 'lead_system', key], `${value}\n`).status, 0);
      set('smtp.url', server.url);
      set('smtp.from', 'leads@autohaus.example.at');
      const admin = await host.signIn('admin');
      // when
      const chosen = await admin.act('leads.evaluation', 'monthly_report', { users: ['leitung', 'graz2'] });
      assert.equal(chosen.http, 200, JSON.stringify(chosen));
      const month = new Date(Date.UTC(new Date().getFullYear(), new Date().getMonth() - 1, 1)).toISOString().slice(0, 7);
      await eventually('the first report is mailed', async () => server.mails.length === 1);
      // then: the other one was refused, and goes out with the next run, alone
      await host.end();
      await host.serve();
      const again = await host.signIn('admin');
      await again.act('leads.evaluation', 'monthly_report', { users: ['leitung', 'graz2'] });
      await eventually('the second report is mailed', async () => server.mails.length === 2);
      await again.act('leads.evaluation', 'monthly_report', { users: ['leitung', 'graz2'] });
      await sleep(1500);
      assert.equal(server.mails.length, 2);
      const mails = new Map(server.mails.map((mail) => [mail.to[0], readMail(mail.data)]));
      assert.equal(mails.size, 2, [...mails.keys()].join());
      for (const [user, password] of people.slice(0, 2)) {
        const client = await host.signIn(user, password);
        const figures = Client.block(await client.screen('leads.evaluation', { period: 'last_month' }), 'key_figures');
        const received = figures.items.find((item) => item.id === 'received').value.text;
        const page = readFileSync(join(host.data, 'plugins/lead_system/reports', month, `${user}.html`), 'utf8');
        assert.match(page, new RegExp(`<dt>Eingegangen</dt><dd>${received}<`));
        const mail = [...mails.values()].find((one) => one.id.includes(`-${user}@`));
        assert.match(mail.subject, /^Lead-Auswertung /);
        assert.ok(mail.parts[0].text.includes(`Eingegangen: ${received}`), mail.parts[0].text);
        assert.equal(mail.parts.find((part) => part.name?.endsWith('.html')).text, page);
      }
      // and: a person chooses only himself, not others
      const graz = await host.signIn('graz2', 'a long password');
      assert.equal((await graz.act('leads.evaluation', 'monthly_report', { users: ['leitung'] })).http, 422);
      assert.equal((await graz.act('leads.evaluation', 'monthly_report', { users: [] })).http, 200);
      await server.stop();
    });

    const addManager = (to, user) => {
      const added = to.run(['user', 'add', user, '--name', user, '--role', 'manager', '--email', `${user}@autohaus.example.at`], 'a long password\n');
      assert.equal(added.status, 0, added.stderr);
    };
    const mailThrough = (to, server, ca) => {
      for (const [key, value] of [['url', server.url], ['from', 'leads@autohaus.example.at'], ...(ca ? [['ca', ca]] : [])]) {
        assert.equal(to.run(['plugin', 'set', 'lead_system', `smtp.${key}`], `${value}\n`).status, 0);
      }
    };

    await on.test('a mail server is spoken to over TLS only where its certificate is trusted', async () => {
      // given: a server with a certificate that nobody vouches for
      const own = certificate(host.directory);
      const server = await MailServer.start({ tls: own });
      addManager(host, 'sicher');
      mailThrough(host, server);
      const admin = await host.signIn('admin');
      const ask = async () => assert.equal((await admin.act('leads.evaluation', 'monthly_report', { users: ['sicher'] })).http, 200);
      // when, then: nothing is sent to it
      await ask();
      await eventually('the refusal is logged', () => /mail server cannot be reached|Mailserver ist nicht erreichbar/i.test(host.log));
      assert.equal(server.mails.length, 0);
      // when: the admin names the certificate, then: the same report goes out
      mailThrough(host, server, own.file);
      await ask();
      await eventually('the report is mailed', () => server.mails.length === 1);
      await server.stop();
    });

    if (database.name === 'PostgreSQL') {
      await on.test('two hosts on one database mail each report once', async () => {
        const server = await MailServer.start();
        const other = await Host.start({ database: host.database });
        const users = ['zwei1', 'zwei2', 'zwei3', 'zwei4'];
        // They are one dealership: who is added on one is here on the other.
        for (const user of users) addManager(host, user);
        mailThrough(host, server);
        const admins = await Promise.all([host, other].map((one) => one.signIn('admin')));
        const ask = () => Promise.all(admins.map((admin) => admin.act('leads.evaluation', 'monthly_report', { users })));
        await ask();
        await eventually('every report is mailed', async () => (await ask()) && server.mails.length >= users.length, 60);
        await ask();
        await sleep(2000);
        assert.deepEqual(server.mails.map((mail) => mail.to[0]).sort(), users.map((user) => `${user}@autohaus.example.at`));
        await other.remove();
        await server.stop();
      });
    }

    await on.test('every number opens exactly its leads', async () => {
      const questions = [{}, { period: 'all' }, { period: 'last_month', compare: 'year', by: 'day' }, { location: 'graz', type: 'siebel_nissan' }];
      for (const [user, password] of people) {
        const client = await host.signIn(user, password);
        const known = new Map();
        let compared = 0;
        for (const question of questions) {
          for (const { where, leads, params } of links(await client.screen('leads.evaluation', question))) {
            const address = `/screens/leads.overview?${query({ ...params, limit: '1' })}`;
            if (!known.has(address)) known.set(address, Client.block(await client.json(address), 'leads').total);
            assert.equal(known.get(address), leads, `${user} ${JSON.stringify(question)} ${where}: ${address}`);
            compared += 1;
          }
        }
        assert.ok(compared > 100, `${user}: ${compared} links`);
      }
    });
  });
}
