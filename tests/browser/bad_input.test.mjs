// What hostile and broken senders and browsers do: a clear error, nothing lost, the host goes on.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Client, Host, databases, eventually, freePort, oneLead, program, sample, sleep } from './host.mjs';

const script = '&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(2)&gt;';

for (const database of databases()) {
  describe(`bad input on ${database.name}`, () => {
    let host, leitung, verkauf;
    before(async () => {
      host = await Host.start({ database: database.create() });
      [leitung, verkauf] = await Promise.all(['leitung', 'verkauf1'].map((user) => host.signIn(user)));
    });
    after(() => host?.remove());

    const alive = async () => assert.equal((await fetch(`${host.url}/health`)).status, 200);

    test('payloads that are none: quarantined whole, with the reason, the host goes on', async () => {
      const payloads = {
        empty: '', blank: ' \n ', text: 'Guten Tag', broken: '<SiebelMessage><ListOfNeDealerLead><NeDealerLead>',
        'wrong encoding': Buffer.from([0x3c, 0x3f, 0xff, 0xfe, 0x00, 0xc3, 0x28]),
        'other source': sample('adf/two_prospects.xml'),
        nested: '<a>'.repeat(100_000) + '</a>'.repeat(100_000),
      };
      const all = (await leitung.leads()).length;
      for (const [name, bytes] of Object.entries(payloads)) {
        const answer = await host.post('siebel_nissan', bytes);
        assert.equal(answer.status, 200, name);
        const report = await answer.json();
        assert.equal(report.accepted, 0, name);
        assert.ok(report.quarantined >= 1 && (report.reason || report.items[0]?.reason), `${name}: ${JSON.stringify(report)}`);
        await alive();
      }
      assert.equal((await leitung.leads()).length, all);
    });

    test('a document type and external entities are never fetched', async () => {
      let asked = 0;
      const { createServer } = await import('node:http');
      const trap = createServer((_, response) => { asked++; response.end('secret'); });
      await new Promise((done) => trap.listen(0, '127.0.0.1', done));
      const address = `http://127.0.0.1:${trap.address().port}/x`;
      const answer = await host.post('siebel_nissan', `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "${address}"><!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "${address}">%p;]>` +
        oneLead({ id: 'XXE-1', last: '&x;&f;' }).replace(/^<\?xml.*?\?>/, ''));
      const report = await answer.json();
      assert.equal(report.accepted + report.quarantined, 1);
      const found = JSON.stringify(await leitung.leads({ q: 'eva.probe' }));
      assert.doesNotMatch(found, /root:|secret/);
      assert.equal(asked, 0);
      trap.close();
    });

    test('40 MiB posted: refused with 413, wrong and missing tokens with 401, unknown sources with 404', async () => {
      const large = await host.post('siebel_nissan', Buffer.alloc(40 << 20, 'x')).catch((error) => error);
      assert.ok(large.status === 413 || large instanceof Error, `${large.status}`);
      assert.equal((await host.post('siebel_nissan', '<a/>', { token: 'wrong' })).status, 401);
      assert.equal((await fetch(`${host.url}/intake/siebel_nissan`, { method: 'POST', body: '<a/>' })).status, 401);
      assert.equal((await host.post('nobody', '<a/>')).status, 404);
      assert.equal((await host.post('siebel_nissan', '<a/>', { type: 'image/png' })).status, 415);
      await alive();
    });

    test('packed payloads are unpacked within the limit; bombs and broken ones are refused and leave a trace', async () => {
      const send = (bytes, coding) => fetch(`${host.url}/intake/siebel_nissan`, { method: 'POST', body: bytes,
        headers: { Authorization: `Bearer ${host.token()}`, 'Content-Type': 'application/xml', 'Content-Encoding': coding } });
      const packed = await (await send(gzipSync(oneLead({ id: 'PACKED-1' })), 'gzip')).json();
      assert.equal(packed.accepted, 1, JSON.stringify(packed));
      const bomb = await send(gzipSync(Buffer.alloc(200 << 20, 'x')), 'gzip').catch((error) => error);
      assert.ok(bomb.status === 413 || bomb instanceof Error, `${bomb.status}`);
      const broken = await send('this is not packed', 'gzip');
      assert.equal(broken.status, 400);
      assert.ok((await broken.json()).error);
      assert.equal((await send('x', 'zstd')).status, 415);
      const admin = await host.signIn('admin');
      const trace = JSON.stringify(await admin.screen('host.audit'));
      assert.match(trace, /413: \d+ bytes, SHA-256 [0-9a-f]{64}/);
      assert.match(trace, /400: /);
    });

    test('what lies in the inbox where no source takes it is told to the admins, once, until it is gone', async () => {
      const inbox = join(host.data, 'inbox');
      mkdirSync(join(inbox, 'siebel_nisan'), { recursive: true });
      writeFileSync(join(inbox, 'siebel_nisan', 'lead.xml'), oneLead({ id: 'STRAY-1' }));
      writeFileSync(join(inbox, 'loose.xml'), oneLead({ id: 'STRAY-2' }));
      const admin = await host.signIn('admin');
      const told = async () => JSON.stringify(await admin.screen('host.notifications'));
      await eventually('both are told', async () => /siebel_nisan/.test(await told()) && /loose\.xml/.test(await told()));
      assert.equal((await told()).match(/loose\.xml/g).length, 1);
      assert.doesNotMatch(JSON.stringify(await leitung.screen('host.notifications')), /loose\.xml/);
      rmSync(join(inbox, 'siebel_nisan'), { recursive: true });
      renameSync(join(inbox, 'loose.xml'), join(inbox, 'siebel_nissan', 'loose.xml'));
      await eventually('nothing is told any more', async () => !/siebel_nisan"|loose\.xml/.test(await told()));
      await eventually('the file is taken where it belongs', async () => (await leitung.leads({ q: 'eva.probe' })).length > 0);
    });

    test('a payload that is quarantined whole says its reason once', async () => {
      host.drop('siebel_nissan', 'text.xml', `Guten Tag, ${Date.now()}`);
      const reason = join(host.data, 'inbox/siebel_nissan/quarantine/text.xml.reason.txt');
      const lines = await eventually('the reason is there', () => readFileSync(reason, 'utf8').trim().split('\n'));
      assert.equal(lines.length, 1, lines.join('|'));
      assert.doesNotMatch(lines[0], /^:/);
    });

    test('HTML and script in every field are shown as text', async () => {
      const report = await (await host.post('siebel_nissan', oneLead({
        id: `S-${script}`, first: script, last: script, dealer: script, email: 'script@example.at',
        more: `<Campaign>${script}</Campaign><Source>${script}</Source><Comments>${script}</Comments><Unknown>${script}</Unknown>` }))).json();
      assert.equal(report.accepted, 1, JSON.stringify(report));
      const id = report.items[0].lead;
      for (const path of [`/screens/leads.lead?id=${id}`, '/screens/leads.overview?q=script', '/screens/leads.overview']) {
        const page = await (await leitung.get(path, 'text/html')).text();
        assert.doesNotMatch(page, /<script>alert|<img src=x/, path);
      }
    });

    test('the same bytes at the same time are one lead', async () => {
      const bytes = oneLead({ id: 'TWICE-1' });
      const reports = await Promise.all(Array.from({ length: 8 }, async () => (await host.post('siebel_nissan', bytes)).json()));
      assert.equal(reports.reduce((sum, one) => sum + one.accepted, 0), 1, JSON.stringify(reports.map((one) => one.accepted)));
      assert.equal(reports.reduce((sum, one) => sum + one.repeated, 0), 7);
      assert.equal(new Set(reports.map((one) => one.items[0].lead)).size, 1);
    });

    test('a client that breaks off leaves nothing half', async () => {
      const all = (await leitung.leads()).length;
      const bytes = oneLead({ id: 'BROKEN-OFF' });
      await new Promise((done) => {
        const socket = connect(host.port, '127.0.0.1', () => {
          socket.write(`POST /intake/siebel_nissan HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${host.token()}\r\nContent-Type: application/xml\r\nContent-Length: ${bytes.length}\r\n\r\n${bytes.slice(0, 80)}`);
          setTimeout(() => socket.destroy(), 200);
        });
        socket.on('close', done);
        socket.on('error', () => {});
      });
      await sleep(300);
      assert.equal((await leitung.leads()).length, all);
      await alive();
    });

    test('a stale version, a version that is none, a missing one', async () => {
      const [row] = await leitung.leads({ tab: 'unassigned', location: 'wien' });
      const { version } = await leitung.lead(row.id);
      assert.equal((await leitung.act('leads.lead', 'assign', { id: row.id, version: version - 1, user: 'verkauf1' })).http, 409);
      for (const wrong of ['abc', -1, undefined, {}, []]) {
        const answer = await leitung.act('leads.lead', 'assign', { id: row.id, version: wrong, user: 'verkauf1' });
        assert.ok([409, 422].includes(answer.http), `${JSON.stringify(wrong)}: ${answer.http}`);
      }
      assert.equal((await leitung.act('leads.lead', 'assign', { id: row.id, version, user: 'niemand' })).http, 422);
      assert.equal((await leitung.act('leads.lead', 'close', { id: row.id, version, state: 'closed', reason: 'nonsense' })).http, 422);
      assert.equal((await leitung.act('leads.lead', 'close', { id: row.id, version, state: 'offer', reason: 'not_reached' })).http, 422);
      assert.equal((await leitung.act('leads.lead', 'dance', { id: row.id, version })).http, 404);
      assert.equal((await leitung.lead(row.id)).version, version);
    });

    test('a forged or missing CSRF token is refused, and so is somebody not signed in', async () => {
      const [row] = await leitung.leads({ tab: 'unassigned', location: 'wien' });
      const { version } = await leitung.lead(row.id);
      for (const csrf of ['forged', null, verkauf.csrf]) {
        assert.equal((await leitung.act('leads.lead', 'assign', { id: row.id, version, user: 'verkauf1' }, { csrf })).http, 403);
      }
      const form = await fetch(`${host.url}/screens/leads.lead/actions/assign`, {
        method: 'POST', headers: { Cookie: leitung.cookie }, redirect: 'manual',
        body: new URLSearchParams({ id: row.id, version: String(version), user: 'verkauf1', csrf: 'forged' }) });
      assert.equal(form.status, 403);
      const stranger = new Client(host.url);
      assert.equal((await stranger.get('/screens/leads.overview')).status, 401);
      assert.equal((await stranger.get('/screens/leads.overview', 'text/html')).status, 303);
      assert.equal((await leitung.lead(row.id)).version, version);
    });

    test('addresses that are none answer calmly', async () => {
      for (const path of ['/screens/nothing', '/nothing', '/screens/leads.lead', '/screens/leads.lead?id=abc', '/screens/leads.lead?id=-1',
        '/screens/leads.lead?id=99999999999999999999999', '/assets/../../etc/passwd', '/assets/..%2f..%2fetc%2fpasswd']) {
        const answer = await leitung.get(path, 'text/html');
        assert.equal(answer.status, 404, path);
      }
      for (const query of ['cursor=garbage', 'limit=0', 'limit=abc', 'limit=100000', 'sort=nothing', 'tab=nothing', 'from=tomorrow', 'type=x', 'q=%27%22%25_%5C', 'state=x', 'stage=99', 'location=%00']) {
        const answer = await leitung.get(`/screens/leads.overview?${query}`);
        assert.ok([200, 422].includes(answer.status), `${query}: ${answer.status}`);
      }
      for (const query of ['from=tomorrow', 'sort=nothing']) {
        const [page, file] = await Promise.all([`?${query}`, `/export.csv?${query}`].map((rest) => leitung.get(`/screens/leads.overview${rest}`)));
        assert.equal(file.status, page.status, query);
        if (file.status === 422) assert.equal((await file.json()).error, (await page.json()).error);
      }
      await alive();
    });

    test('a document nested without end is no document: to the sign-in, in a form, in an action, in a query', async () => {
      const deep = (levels) => '['.repeat(levels) + ']'.repeat(levels);
      const login = await fetch(`${host.url}/login`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: `{"user":${deep(200_000)}}` });
      assert.ok([401, 422].includes(login.status), `${login.status}`);
      const send = (body, type) => fetch(`${host.url}/screens/leads.overview/actions/assign`, { method: 'POST', redirect: 'manual', body,
        headers: { 'Content-Type': type, Cookie: verkauf.cookie, 'X-CSRF-Token': verkauf.csrf } });
      for (const member of ['input', 'without', 'x']) {
        const form = await send(`csrf=${verkauf.csrf}&_button={"${member}":{"a":${deep(100_000)}}}`, 'application/x-www-form-urlencoded');
        assert.ok(form.status >= 400 && form.status < 500, `${member}: ${form.status}`);
      }
      assert.equal((await send(`{"user":${deep(300_000)}}`, 'application/json')).status, 422);
      assert.equal((await send(`{"a":`.repeat(80_000) + '1' + '}'.repeat(80_000), 'application/json')).status, 422);
      assert.ok((await leitung.get(`/screens/leads.overview?q=${encodeURIComponent(deep(2000))}`)).status < 500);
      await alive();
    });

    test('more ticked rows than a page has are refused without counting them against each other', async () => {
      const rows = Array.from({ length: 30_000 }, (_, number) => `leads=${number}&versions=${number}%3A1`).join('&');
      const answer = await fetch(`${host.url}/screens/leads.overview/actions/assign`, { method: 'POST', redirect: 'manual',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded', Cookie: verkauf.cookie }, body: `csrf=${verkauf.csrf}&user=verkauf1&${rows}` });
      assert.ok([413, 422].includes(answer.status), `${answer.status}`);
    });

    test('command line: wrong usage is 2, a failure 1, each with one sentence', () => {
      assert.equal(host.run(['import']).status, 2);
      assert.equal(host.run(['dance']).status, 2);
      const missing = host.run(['import', 'siebel_nissan', '/nowhere/file.xml']);
      assert.equal(missing.status, 1);
      assert.equal(missing.stderr.trim().split('\n').length, 1);
      const unknown = host.run(['import', 'nobody', '-'], 'x');
      assert.ok([1, 2].includes(unknown.status));
      assert.equal(unknown.stderr.trim().split('\n').length, 1);
      for (const command of [[], ['demo'], ['serve'], ['import'], ['backup'], ['plugin'], ['plugin', 'enable'], ['user'], ['user', 'add'],
        ['location', 'list'], ['intake'], ['intake', 'token', 'add']]) {
        for (const word of ['--help', '--version']) assert.equal(spawnSync(program, [...command, word]).status, 0, `${command} ${word}`);
      }
    });

    test('command line: what is wrong is named, in the language of the terminal or as told', () => {
      const run = (words, env = {}) => spawnSync(program, words, { encoding: 'utf8', env: { PATH: process.env.PATH, ...env } });
      const empty = mkdtempSync(join(tmpdir(), 'dms-'));
      for (const [words, english, german] of [
        [['dance'], /no command or option "dance"/, /Befehl.*„dance“/], [['user', 'dance'], /"dance"/, /„dance“/],
        [['serve'], /--data DIR/, /Datenverzeichnis/], [['serve', '--data', join(empty, 'x'), '--listen', 'nowhere'], /address/i, /Adresse/],
        [['user', 'list', '--data', host.data, '--bogus'], /"--bogus"/, /„--bogus“/],
      ]) {
        for (const [said, env, sentence] of [[words, { LANG: 'en_GB.UTF-8' }, english], [words, { LANG: 'de_AT.UTF-8' }, german],
          [words, { LANG: 'C' }, german], [[...words, '--locale', 'en'], { LANG: 'de_AT.UTF-8' }, english]]) {
          const answer = run(said, env);
          assert.equal(answer.status, 2, said.join(' '));
          assert.match(answer.stderr, sentence);
          assert.equal(answer.stderr.trim().split('\n').length, 1);
        }
      }
      rmSync(empty, { recursive: true });
    });

    test('serving an empty directory says how to make the first user', async () => {
      const empty = mkdtempSync(join(tmpdir(), 'dms-'));
      const serving = spawn(program, ['serve', '--data', empty, '--listen', `127.0.0.1:${await freePort()}`], { env: { ...process.env, LANG: 'en' } });
      let said = '';
      serving.stderr.on('data', (bytes) => (said += bytes));
      await eventually('it is said', () => /Nobody can sign in yet.*user add/.test(said));
      const ended = new Promise((done) => serving.once('exit', done));
      serving.kill();
      assert.equal(await ended, 0);
      rmSync(empty, { recursive: true });
    });

    if (database.name === 'SQLite') {
      test('a database locked by another: 503 with Retry-After, and all is well afterwards', async () => {
        const file = `${host.data}/plugins/lead_system/lead_system.db`;
        const lock = spawn('sqlite3', [file], { stdio: ['pipe', 'pipe', 'inherit'] });
        const locked = new Promise((done) => lock.stdout.once('data', done));
        lock.stdin.write(".timeout 5000\nBEGIN IMMEDIATE;\nSELECT 'locked';\n");
        await locked;
        const waiting = await host.post('siebel_nissan', oneLead({ id: 'LOCKED-1' }));
        assert.equal(waiting.status, 503);
        assert.ok(waiting.headers.get('retry-after'));
        assert.equal((await leitung.get('/screens/leads.overview')).status, 200);
        lock.stdin.end('ROLLBACK;\n.quit\n');
        await new Promise((done) => lock.once('exit', done));
        const now = await (await host.post('siebel_nissan', oneLead({ id: 'LOCKED-1' }))).json();
        assert.equal(now.accepted, 1);
      });
    }
  });
}
