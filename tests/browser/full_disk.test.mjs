// A disk that runs full under a serving host: a clear sentence, nothing lost, nothing twice, and it goes on when there is
// space again. In two ways: a small file system of its own (where mounting is allowed), and a limit on how long the
// process's files may be, which needs no rights.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Client, Host, eventually, sample, sleep } from './host.mjs';

const mayMount = spawnSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs -o size=64k none /mnt']).status === 0;

/** A mebibyte each, so that a few fill what the database files have in reserve. */
const payload = (number) => `<?xml version="1.0" encoding="UTF-8"?><SiebelMessage><ListOfNeDealerLead><NeDealerLead>
  <Id>FULL-${number}</Id><LeadType>Test Drive</LeadType><Created>07/22/2020 07:15:00</Created><DealerCode>AT10017</DealerCode>
  <Comments>${String(number).padStart(4, '0').repeat(8)}</Comments>
  <ListOfContact><Contact><FirstName>Eva</FirstName><LastName>Probe${number}</LastName>
  <EmailAddress>eva.${number}@full.example</EmailAddress></Contact></ListOfContact></NeDealerLead></ListOfNeDealerLead>
  <!-- ${String(number).repeat(1 << 20)} --></SiebelMessage>`;

/** The data directory is a tmpfs of 32 MiB in a mount namespace of the host's own; seen from here through /proc. */
const smallDisk = {
  name: 'a small file system',
  skip: mayMount ? false : 'mounting is not allowed here; the limit on file sizes is tested all the same',
  through: (data, command) => ['unshare', '-rm', 'sh', '-c',
    'mkdir "$0.copy" && cp -a "$0/." "$0.copy/" && mount -t tmpfs -o size=32m none "$0" && cp -a "$0.copy/." "$0/" && rm -r "$0.copy" && exec "$@"',
    data, ...command],
  seen: (host) => join(`/proc/${host.process.pid}/root`, host.data),
  fill(host) {
    const file = openSync(join(this.seen(host), 'filler'), 'w');
    const block = Buffer.alloc(4096);
    try {
      for (;;) writeSync(file, block);
    } catch (error) {
      assert.equal(error.code, 'ENOSPC');
    } finally {
      closeSync(file);
    }
  },
  free(host) { rmSync(join(this.seen(host), 'filler')); },
};

const limitedFiles = {
  name: 'a limit on file sizes',
  skip: false,
  through: (data, command) => command,
  seen: (host) => host.data,
  limit(host, bytes) {
    const set = spawnSync('prlimit', ['--pid', String(host.process.pid), `--fsize=${bytes}:unlimited`], { encoding: 'utf8' });
    assert.equal(set.status, 0, set.stderr);
  },
  fill(host) { this.limit(host, 4096); },
  free(host) { this.limit(host, 'unlimited'); },
};

for (const disk of [smallDisk, limitedFiles]) {
  describe(`the disk runs full: ${disk.name}`, { skip: disk.skip }, () => {
    let host, leitung;
    const answered = new Set();

    before(async () => {
      host = await Host.start();
      host.token();
      await host.end();
      await host.serve(disk.through);
      leitung = await host.signIn('leitung');
      const row = (await leitung.leads({ tab: 'unassigned' }))[0];
      leitung.seen = { id: row.id, version: (await leitung.lead(row.id)).version };
      const inbox = join(disk.seen(host), 'inbox/siebel_nissan');
      await eventually('the inbox is there', () => existsSync(join(inbox, 'done')));
      writeFileSync(join(inbox, 'waiting.xml.part'), payload('FOLDER'));
      disk.inbox = inbox;
      // As after a few minutes: a page view would prolong the session now, and a post note that its token is in use.
      const aged = spawnSync('sqlite3', ['-cmd', '.timeout 5000', join(disk.seen(host), 'host.db'),
        'update sessions set expires_us = expires_us - 120000000'], { encoding: 'utf8' });
      assert.equal(aged.status, 0, aged.stderr);
      disk.fill(host);
    });
    after(() => host?.remove());

    test('posts are answered 503 with Retry-After and one sentence', async () => {
      let refused;
      for (let number = 0; number < 40 && !refused; ++number) {
        const answer = await host.post('siebel_nissan', payload(number));
        const said = await answer.json();
        // What the files still had room for is taken in and stays.
        if (answer.status === 200 && said.accepted === 1) answered.add(number);
        else refused = { status: answer.status, retry: answer.headers.get('retry-after'), said };
      }
      assert.equal(refused?.status, 503, JSON.stringify(refused));
      assert.ok(Number(refused.retry) > 0);
      assert.match(refused.said.error, /Platte|disk|Datenbank|database/);
    });

    test('a file in the inbox stays there', async () => {
      renameSync(join(disk.inbox, 'waiting.xml.part'), join(disk.inbox, 'waiting.xml'));
      await eventually('the host says that it waits', () => host.log.includes('waiting.xml waits'));
      await sleep(500);
      assert.deepEqual(['done', 'quarantine'].flatMap((folder) => readdirSync(join(disk.inbox, folder))), []);
      assert.equal(readdirSync(disk.inbox).filter((name) => name === 'waiting.xml').length
        + readdirSync(join(disk.inbox, '.work')).length, 1);
    });

    test('pages are readable, also when the session would be prolonged; health is answered', async () => {
      for (const path of ['/screens/leads.overview?tab=open', `/screens/leads.lead?id=${leitung.seen.id}`, '/screens/host.contacts', '/screens/leads.evaluation']) {
        assert.equal((await leitung.get(path, 'text/html')).status, 200, path);
      }
      assert.equal((await fetch(`${host.url}/login`)).status, 200);
      assert.ok([200, 503].includes((await fetch(`${host.url}/health`)).status));
    });

    test('actions and sign-ins are refused with one sentence, for programs and for people', async () => {
      const before = leitung.seen.version;
      // The reserve of the database files is used up by posts of a mebibyte; small writes may still find a page.
      const answers = [];
      for (let number = 0; number < 60; ++number) {
        const { version } = await leitung.lead(leitung.seen.id);
        const answer = await leitung.act('leads.lead', 'assign', { id: leitung.seen.id, version, user: number % 2 ? 'verkauf1' : 'verkauf2' });
        answers.push(answer);
        if (answer.http !== 200) break;
      }
      const refused = answers.at(-1);
      assert.equal(refused.http, 503, JSON.stringify(refused));
      assert.match(refused.message, /Platte|disk|Datenbank|database/);
      const now = (await leitung.lead(leitung.seen.id)).version;
      assert.equal(now >= before, true);
      const form = await fetch(`${host.url}/screens/leads.lead/actions/assign`, {
        method: 'POST', headers: { Cookie: leitung.cookie, Accept: 'text/html' }, redirect: 'manual',
        body: new URLSearchParams({ id: leitung.seen.id, version: String(now), user: 'verkauf3', csrf: leitung.csrf,
          _return: `/screens/leads.lead?id=${leitung.seen.id}` }) });
      assert.equal(form.status, 503);
      assert.match(await form.text(), /Platte|Datenbank/);
      assert.equal((await leitung.lead(leitung.seen.id)).version, now);
      // The host's own database still has a page or two in reserve; then nobody new can sign in.
      const signIn = () => fetch(`${host.url}/login`, { method: 'POST', headers: { Accept: 'application/json' },
        body: new URLSearchParams({ user: 'graz1', password: 'demo' }) });
      let entered = await signIn();
      for (let number = 0; number < 60 && entered.status === 200; ++number) entered = await signIn();
      assert.equal(entered.status, 503);
      assert.match((await entered.json()).error, /Platte|disk|Datenbank|database/);
    });

    test('with space again everything comes in, once, and nothing was lost', async () => {
      disk.free(host);
      await eventually('the waiting file is taken', () => existsSync(join(disk.inbox, 'done/waiting.xml')), 90);
      for (let number = 0; number < 12; ++number) {
        const answer = await host.post('siebel_nissan', payload(number));
        assert.equal(answer.status, 200);
        const report = await answer.json();
        assert.deepEqual([report.accepted, report.repeated], answered.has(number) ? [0, 1] : [1, 0], `payload ${number}`);
      }
      assert.equal((await leitung.leads({ q: 'probe' })).length, Math.max(12, answered.size) + 1);
      const { version } = await leitung.lead(leitung.seen.id);
      assert.equal((await leitung.act('leads.lead', 'assign', { id: leitung.seen.id, version, user: 'verkauf4' })).http, 200);
      await new Client(host.url).signIn('wien1', 'demo');
      assert.equal(host.process.exitCode, null);
      assert.equal(await host.end(), 0);
    });
  });
}
