// What keeps the house in order: backup and restore, the Umstellung with its old list, a person's data, the audit log.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Client, Host, artefacts, eventually, program, sleep } from './host.mjs';
import { launch, signedIn } from './people.mjs';

const lead = (id, person, more = '') => `<NeDealerLead><Id>${id}</Id><LeadType>Test Drive</LeadType><DealerCode>AT10017</DealerCode>
  <ListOfContact><Contact><FirstName>Eva</FirstName><LastName>${person}</LastName><EmailAddress>${person}@example.at</EmailAddress></Contact></ListOfContact>
  <Comments>Bitte an ${person} denken</Comments>${more}</NeDealerLead>`;
const message = (...leads) => `<SiebelMessage><ListOfNeDealerLead>${leads.join('')}</ListOfNeDealerLead></SiebelMessage>`;

/** The same dealership somewhere else: what a restore makes. */
function sibling(host, data) {
  const other = new Host();
  other.directory = mkdtempSync(join(tmpdir(), 'dms-'));
  other.data = data ?? join(other.directory, 'data');
  other.env = host.env;
  return other;
}

/** A command beside everything else that goes on here. */
function running(host, words) {
  return new Promise((done) => {
    const command = spawn(program, [...words, ...host.options(words[0])], { env: host.env });
    const said = { stdout: '', stderr: '' };
    for (const way of ['stdout', 'stderr']) command[way].on('data', (bytes) => (said[way] += bytes));
    command.on('exit', (status) => done({ status, ...said }));
  });
}

describe('backup and restore', () => {
  let host;
  before(async () => {
    host = await Host.start();
  });
  after(() => host?.remove());

  /** What people and admins see of a dealership. */
  async function standing(of) {
    const [leitung, admin] = [await of.signIn('leitung'), await of.signIn('admin')];
    const rows = await leitung.leads();
    const some = await leitung.lead(rows.at(-1).id);
    const table = async (client, screen, id, query = {}) => Client.block(await client.screen(screen, query), id).rows.map((row) => row.cells);
    return {
      leads: rows.map((row) => [row.id, row.version, row.cells.prospect.text, row.cells.state.text, row.cells.location.text]),
      history: Client.block(some, 'timeline').items.map((item) => [item.kind, item.at_us]),
      customers: await table(leitung, 'host.customers', 'customers', { q: 'a' }),
      users: await table(admin, 'host.users', 'users'),
      codes: await table(admin, 'leads.settings', 'codes', { tab: 'codes' }),
      runs: (await table(admin, 'leads.intake_log', 'runs')).map((cells) => [cells.at.value, cells.accepted.value]),
    };
  }

  test('a backup taken while leads come in is whole, and restored elsewhere it is the same dealership', async () => {
    // given: leads come in without a pause, by post and by file, while the backup is taken
    const file = join(host.directory, 'dealer.backup');
    const acknowledged = [];
    let enough = false;
    const feed = (async () => {
      for (let number = 0; !enough; number++) {
        if (number % 5 === 4) host.drop('siebel_nissan', `part-${number}.xml`, message(lead(`F-${number}`, `datei${number}`)));
        const answer = await host.post('siebel_nissan', message(lead(`P-${number}`, `post${number}`)));
        assert.equal(answer.status, 200);
        acknowledged.push(`P-${number}`);
      }
    })();
    await sleep(400);
    const before = acknowledged.length;
    const made = await running(host, ['backup', file, '--json']);
    assert.equal(made.status, 0, made.stderr);
    const summary = JSON.parse(made.stdout);
    assert.equal(summary.schema, 'dms.backup/1');
    assert.equal(statSync(file).mode & 0o077, 0, 'it holds personal data: for its owner alone');
    enough = true;
    await feed;
    assert.equal(host.run(['backup', file]).status, 1, 'nothing is overwritten');

    // when
    assert.equal(host.run(['restore', '--check', file]).status, 0);
    const other = sibling(host);
    try {
      const restored = other.run(['restore', file]);
      assert.equal(restored.status, 0, restored.stderr);
      await other.serve();
      // then: every lead that was acknowledged before the backup began is there, and files that waited come in
      const seen = new Set((await (await other.signIn('leitung')).leads({ q: 'post' })).map((row) => row.cells.prospect.text));
      for (const id of acknowledged.slice(0, before)) {
        assert.ok([...seen].some((name) => name === `Eva post${id.slice(2)}`), `${id} is missing`);
      }
      // and work goes on
      assert.equal((await (await other.post('siebel_nissan', message(lead('NEW-1', 'neu')))).json()).accepted, 1);
    } finally {
      await other.remove();
    }
  });

  test('at rest, everything is as it was', async () => {
    await eventually('the inbox is empty', () => !readdirSync(host.inbox('siebel_nissan', '.')).some((name) => name.endsWith('.xml')));
    await sleep(500);
    const file = join(host.directory, 'rest.backup');
    assert.equal(host.run(['backup', file]).status, 0);
    const expected = await standing(host);
    const other = sibling(host);
    try {
      assert.equal(other.run(['restore', file]).status, 0);
      await other.serve();
      assert.deepEqual(await standing(other), expected);
    } finally {
      await other.remove();
    }
  });

  test('a broken file, a full directory and a wrong name are told, and leave nothing', () => {
    const file = join(host.directory, 'broken.backup');
    const whole = readFileSync(join(host.directory, 'rest.backup'));
    for (const [bytes, said] of [[whole.subarray(0, whole.length / 2), /beschädigt oder abgeschnitten/], [Buffer.from('kein tar'), /Sicherung/], [Buffer.alloc(0), /keine tar-Datei/]]) {
      writeFileSync(file, bytes);
      const other = sibling(host);
      const answer = other.run(['restore', file, '--locale', 'de']);
      assert.equal(answer.status, 1);
      assert.match(answer.stderr, said);
      assert.ok(!existsSync(other.data));
      rmSync(other.directory, { recursive: true });
    }
    const full = host.run(['restore', join(host.directory, 'rest.backup'), '--locale', 'de']);
    assert.equal(full.status, 1);
    assert.match(full.stderr, /nicht leer/);
    assert.equal(host.run(['restore', join(host.directory, 'nowhere'), '--locale', 'de']).status, 1);
    assert.equal(host.run(['restore']).status, 2);
  });
});

describe('upkeep', () => {
  let host, browser, admin;
  const marker = 'Zwetschkenbaum';

  before(async () => {
    host = await Host.start();
    admin = await host.signIn('admin');
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await host?.remove();
  });

  const person = (user, how = {}) =>
    signedIn(browser, host, user, { deviceScaleFactor: how.viewport?.width < 500 ? 2 : 1, ...how });
  const picture = (page, name) => page.screenshot({ path: join(artefacts, `${name}.png`), fullPage: true });
  const list = (rows) => `Nummer;Anfragetyp;Status;Verkäufer;Eingang;Standort;Vorname;Nachname;E-Mail\n${rows.join('\n')}\n`;

  test('Umstellung: the screen says what is ready, and refuses what would split a type', async () => {
    const page = await person('admin');
    await page.goto(`${host.url}/screens/leads.cutover`);
    assert.equal(await page.locator('h1').innerText(), 'Umstellung');
    assert.ok(await page.locator('#types tbody tr').count() >= 5);
    await picture(page, 'cutover_de');
    // leads of the demo are here: no date behind them
    const late = await admin.act('leads.cutover', 'cutover', { type: 'test_drive', active_from: '2999-01-01' });
    assert.equal(late.http, 422);
    assert.match(late.message, /schon im neuen System/);
    const none = await admin.act('leads.cutover', 'cutover', { type: 'test_drive', active_from: 'morgen' });
    assert.equal(none.http, 422);
    assert.ok(none.fields.active_from);
    assert.equal((await (await host.signIn('leitung')).get('/screens/leads.cutover')).status, 404);
    await page.context().close();
  });

  test('Umstellung: an old list is looked at, taken over, and taken over only once', async () => {
    // given
    const page = await person('admin');
    await page.goto(`${host.url}/screens/leads.cutover`);
    const bytes = Buffer.from(list(['A1;Probefahrt;In Bearbeitung;verkauf1;01.06.2020 09:00;Wien;Änne;Hügel;anne@example.at',
      'A2;Angebotsanfrage;Neu;;02.06.2020;Graz;Otto;Berger;otto@example.at',
      'A3;Probefahrt;Verkauft;verkauf1;03.06.2020;Wien;Lea;Fuchs;lea@example.at',
      'A4;Probefahrt;Neu;;04.06.2020;Wien;Ohne;Adresse;']), 'latin1');
    // when it is uploaded without a script
    await page.locator('#old_list input[type=file]').setInputFiles({ name: 'alte Liste.csv', mimeType: 'text/csv', buffer: bytes });
    await page.locator('#old_list button[type=submit]').click();
    await page.getByText('Neu: 2').waitFor();
    await page.getByRole('link', { name: 'Ansehen, was aus jedem Lead wird' }).click();
    // then: each row with what becomes of it, and nothing is there yet
    assert.match(await page.locator('h1').innerText(), /alte Liste\.csv/);
    assert.match(await page.locator('#leads tbody').innerText(), /Änne Hügel/);
    assert.equal((await (await host.signIn('leitung')).leads({ source: 'legacy_list' })).length, 0);
    await picture(page, 'cutover_list_de');
    const address = page.url();
    // when it is taken over
    await page.getByRole('button', { name: '2 Leads übernehmen' }).click();
    await page.locator('[popover]:popover-open').getByRole('button', { name: 'Übernehmen' }).click();
    await page.getByText('Übernommen: 2').waitFor();
    assert.match(page.url(), /leads\.cutover/);
    // then
    const rows = await (await host.signIn('leitung')).leads({ source: 'legacy_list' });
    assert.deepEqual(rows.map((row) => row.cells.prospect.text).sort(), ['Otto Berger', 'Änne Hügel'].sort());
    assert.equal((await admin.get(new URL(address).pathname + new URL(address).search)).status, 404, 'the list is gone');
    // the same by the command line changes nothing
    const again = host.run(['import', 'legacy_list', '-', '--json'], bytes);
    const report = JSON.parse(again.stdout);
    assert.deepEqual([report.accepted, report.repeated, report.legacy], [0, 3, 1]);
    await page.context().close();
  });

  test('Umstellung: what is no list is told at the field', async () => {
    const page = await person('admin');
    for (const [name, content, said] of [['leer.csv', '', /Wählen Sie die Datei/], ['anders.csv', 'Spalte;Andere\n1;2\n', /nicht von der Quelle|Quelle/],
      ['groß.csv', 'x'.repeat(6 << 20), /zu groß|größer/]]) {
      await page.goto(`${host.url}/screens/leads.cutover`);
      await page.locator('#old_list input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
      await page.locator('#old_list button[type=submit]').click();
      assert.match(await page.locator('body').innerText(), said, name);
    }
    await page.context().close();
  });

  test('Datenschutz: what is kept of a person is given out, and goes', async () => {
    // given: a person with two leads, one of them worked on
    const came = await (await host.post('siebel_nissan', message(lead('M-1', marker), lead('M-2', marker)))).json();
    assert.equal(came.accepted, 2);
    const leitung = await host.signIn('leitung');
    const first = came.items[0].lead;
    const version = (await leitung.lead(first)).version;
    assert.equal((await leitung.act('leads.lead', 'assign', { id: first, version, user: 'verkauf1' })).http, 200);
    // when
    const page = await person('admin');
    await page.goto(`${host.url}/screens/leads.privacy`);
    await picture(page, 'privacy_de');
    await page.fill('input[name=email]', `${marker}@EXAMPLE.at`);
    await page.getByRole('button', { name: 'Suchen' }).click();
    assert.equal(await page.locator('#leads tbody tr').count(), 2);
    await picture(page, 'privacy_person_de');
    const file = await admin.get(`/screens/leads.privacy/export.json?email=${marker}@example.at`);
    assert.equal(file.status, 200);
    assert.match(file.headers.get('content-disposition'), /leads\.privacy\.json/);
    const data = JSON.parse(await file.text());
    assert.equal(data.schema, 'dms.person/1');
    assert.equal(data.leads.length, 2);
    assert.ok(JSON.stringify(data).includes(`Bitte an ${marker} denken`));
    // others do not even learn that there is such a page
    assert.equal((await leitung.get('/screens/leads.privacy')).status, 404);
    assert.equal((await leitung.act('leads.privacy', 'erase_person', { leads: [String(first)] })).http, 404);
    // then
    await page.getByRole('button', { name: 'Diese Person anonymisieren' }).click();
    await page.locator('[popover]:popover-open').getByRole('button', { name: 'Anonymisieren' }).click();
    await page.getByText('Anonymisiert: 2').waitFor();
    assert.equal((await leitung.leads({ q: marker })).length, 0);
    await eventually('archive, outbox and host have forgotten', async () => {
      const lines = Client.block(await admin.screen('leads.privacy'), 'protocol').rows;
      return lines.length >= 2 && lines.every((row) => row.cells.settled.value);
    }, 120);  // a job of every 30 s, which comes back where an e-mail is just going out
    const payload = await admin.screen('leads.intake_log', { payload: '1' }).catch(() => ({}));
    assert.ok(!JSON.stringify(payload).includes(marker));
    await page.goto(`${host.url}/screens/leads.privacy`);
    await picture(page, 'privacy_protocol_de');
    await page.context().close();
  });

  test('the audit log has who read what, filtered and as a file', async () => {
    const table = async (query) => Client.block(await admin.screen('host.audit', query), 'audit').rows;
    const given = await table({ action: 'leads.person' });
    assert.ok(given.length >= 2);
    assert.equal(given[0].cells.user.value, 'admin');
    assert.equal((await table({ action: 'leads.erase' })).length, 1);
    assert.equal((await table({ from: '2999-01-01' })).length, 0);
    // an admin who sees leads leaves a line for the list that he read
    const grant = await admin.act('leads.settings', 'grant', { user: 'admin', category: 'siebel_nissan', scope: 'all' });
    assert.equal(grant.http, 200, JSON.stringify(grant));
    await admin.screen('leads.overview', { limit: '2' });
    assert.match((await table({ action: 'leads.read' }))[0].cells.detail.value, /^leads \d+ \d+$/);
    const csv = await (await admin.get('/screens/host.audit/export.csv?action=leads.person')).text();
    assert.equal(csv.trim().split('\r\n').length, given.length + 1);
    for (const [locale, name] of [['de-AT', 'audit_de'], ['en-GB', 'audit_en']]) {
      const page = await person('admin', { locale });
      await page.goto(`${host.url}/screens/host.audit?action=screen.action`);
      await picture(page, name);
      for (const [screen, shot] of [['leads.cutover', 'cutover'], ['leads.privacy', 'privacy'], ['host.plugins', 'plugins']]) {
        await page.goto(`${host.url}/screens/${screen}`);
        await picture(page, `${shot}_${locale.slice(0, 2)}`);
      }
      await page.context().close();
    }
    const phone = await person('admin', { viewport: { width: 390, height: 844 } });
    for (const screen of ['leads.cutover', 'leads.privacy', 'host.plugins', 'host.audit']) {
      await phone.goto(`${host.url}/screens/${screen}`);
      const wide = await phone.evaluate(() => document.documentElement.scrollWidth - window.innerWidth).catch(() => 0);
      assert.ok(wide <= 0, `${screen} is ${wide} px too wide for a phone`);
      await picture(phone, `${screen}_phone_de`);
    }
    await phone.context().close();
  });

  test('each screen opens the help page of its own', async () => {
    for (const [screen, page] of [['leads.cutover', 'cutover'], ['leads.privacy', 'privacy'], ['leads.settings', 'settings'],
      ['leads.intake_log', 'intake_log'], ['leads.feedback_log', 'feedback_log']]) {
      const link = (await admin.screen(screen)).links.find((one) => one.screen === 'leads.help');
      assert.equal(link?.params?.page, page, screen);
      assert.ok(Client.block(await admin.screen('leads.help', { page }), page).text.length > 200);
    }
  });

  test('personal data is never in the logs', async () => {
    // given: the person's way through the house is behind us; a search and a broken message as well
    const leitung = await host.signIn('leitung');
    await leitung.screen('leads.overview', { q: marker });
    await leitung.get(`/screens/leads.overview?q=${marker}&nothing=${marker}`, 'text/html');
    await host.post('siebel_nissan', message(lead('M-3', marker).replace('Test Drive', 'Probefart')));
    await host.post('siebel_nissan', `<kaputt>${marker}`);
    host.drop('siebel_nissan', 'kaputt.xml', `<kaputt>${marker}`);
    await eventually('the file is set aside', () => existsSync(host.inbox('siebel_nissan', 'quarantine/kaputt.xml')));
    // then
    assert.ok(host.log.length > 1000);
    assert.ok(!host.log.toLowerCase().includes(marker.toLowerCase()), host.log.split('\n').find((line) => line.includes(marker)));
    const trace = [];
    for (let cursor = ''; cursor !== null;) {
      const table = Client.block(await admin.screen('host.audit', { limit: '500', ...(cursor ? { cursor } : {}) }), 'audit');
      trace.push(...table.rows);
      cursor = table.next;
    }
    assert.ok(!JSON.stringify(trace).toLowerCase().includes(marker.toLowerCase()));
  });
});
