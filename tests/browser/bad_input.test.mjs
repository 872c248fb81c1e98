// What hostile and broken senders and browsers do: a clear error, nothing lost, the host goes on.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { Client, Host, databases, program, sample, sleep } from './host.mjs';

const oneLead = (fields) => `<?xml version="1.0" encoding="UTF-8"?><SiebelMessage><ListOfNeDealerLead><NeDealerLead>
  <Id>${fields.id}</Id><LeadType>${fields.type ?? 'Test Drive'}</LeadType><Created>07/22/2020 07:15:00</Created>
  <DealerCode>${fields.dealer ?? 'AT10017'}</DealerCode>${fields.more ?? ''}
  <ListOfContact><Contact><FirstName>${fields.first ?? 'Eva'}</FirstName><LastName>${fields.last ?? 'Probe'}</LastName>
  <EmailAddress>${fields.email ?? 'eva.probe@example.at'}</EmailAddress></Contact></ListOfContact></NeDealerLead></ListOfNeDealerLead></SiebelMessage>`;
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
      await alive();
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
      for (const words of [['--help'], ['--version'], ['import', '--help']]) {
        assert.equal(spawnSync(program, words).status, 0);
      }
    });

    if (database.name === 'SQLite') {
      test('a database locked by another: 503 with Retry-After, and all is well afterwards', async () => {
        const file = `${host.data}/plugins/lead_system/lead_system.db`;
        const { spawn } = await import('node:child_process');
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
