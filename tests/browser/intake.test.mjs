// Leads come in once, whatever happens on the way: any order, any repetition, any split of the same leads, several hosts
// on one folder, a pulled plug; and what could not come in is tried again by an admin.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { Client, Host, databases, eventually, join, samples, sleep } from './host.mjs';

const generator = join(samples, '../generate_leads');

/** The records of a made payload, each a text; the same seed gives the same. */
function records(leads, seed, repeats = 0) {
  const made = spawnSync('python3', [generator, '--source', 'siebel_nissan', '--leads', String(leads), '--seed', String(seed),
    '--repeats', String(repeats)], { encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(made.status, 0, made.stderr);
  return made.stdout.match(/<NeDealerLead>[\s\S]*?<\/NeDealerLead>/g);
}
const payload = (some) => `<SiebelMessage><ListOfNeDealerLead>${some.join('\n')}</ListOfNeDealerLead></SiebelMessage>`;

/** Numbers between 0 and 1 that are the same in every run. */
function numbers(seed) {
  let state = seed;
  return () => ((state = (state * 48271) % 2147483647) / 2147483647);
}
function shuffled(list, random) {
  const result = [...list];
  for (let at = result.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [result[at], result[other]] = [result[other], result[at]];
  }
  return result;
}

/** Asks later what stands in the overview that does not stand there now, without what depends on the moment: one line a
 * lead, in order. */
async function newcomers(host) {
  const rows = async () => (await host.signIn('leitung')).leads({ source: 'siebel_nissan' });
  const before = new Set((await rows()).map((row) => row.id));
  return async () => (await rows()).filter((row) => !before.has(row.id))
    .map((row) => ['prospect', 'city', 'model', 'location', 'type', 'state'].map((id) => row.cells[id]?.text).join('|')).sort();
}
async function files(host, folder) {
  try {
    return readdirSync(host.inbox('siebel_nissan', folder)).filter((name) => !name.endsWith('.txt'));
  } catch {
    return [];
  }
}
const waiting = (host) => readdirSync(host.inbox('siebel_nissan', '.')).filter((name) => name.endsWith('.xml'));

for (const database of databases()) {
  describe(`intake on ${database.name}`, () => {
    let expected;
    const all = records(120, 5);

    test('any order, any repetition, any split and a pulled plug end in the same leads', async () => {
      // given: all at once
      const whole = await Host.start({ database: database.create() });
      try {
        const standing = await newcomers(whole);
        const answer = await (await whole.post('siebel_nissan', payload(all))).json();
        assert.equal(answer.accepted + answer.quarantined, all.length);
        expected = await standing();
        assert.equal(expected.length, answer.accepted);
      } finally {
        await whole.remove();
      }
      // when: in pieces, each lead once to three times, the host killed again and again
      const random = numbers(11);
      const host = await Host.start({ database: database.create() });
      try {
        const standing = await newcomers(host);
        let rest = shuffled([...all, ...all.filter(() => random() < 0.5), ...all.filter(() => random() < 0.2)], random);
        let number = 0;
        while (rest.length > 0) {
          const count = 1 + Math.floor(random() * 25);
          host.drop('siebel_nissan', `part-${++number}.xml`, payload(rest.slice(0, count)));
          rest = rest.slice(count);
        }
        for (let kill = 0; kill < 6; kill++) {
          await sleep(40 + random() * 200);
          await host.end('SIGKILL');
          await host.serve();
        }
        await eventually('every file is settled', async () =>
          waiting(host).length === 0 && (await files(host, '.work')).length === 0, 60);
        // then
        assert.deepEqual(await standing(), expected);
      } finally {
        await host.remove();
      }
    });

    test('a large import that is killed is gone on with at once, and each lead is there once', async () => {
      // given: a file that is filed in several transactions; most of its bytes are blanks between the leads
      const host = await Host.start({ database: database.create() });
      try {
        const standing = await newcomers(host);
        const many = records(4500, 21), blanks = ' '.repeat(1200);
        const file = join(host.directory, 'large.xml');
        writeFileSync(file, payload(many.map((one) => one + blanks)));
        // when: killed at different moments, and begun again without a pause
        let last;
        for (const patience of [300, 700, 1200, 2000, 120_000]) {
          last = host.runAndKill(patience, ['import', 'siebel_nissan', file, '--json']);
          if (last.signal !== 'SIGKILL') break;
        }
        // then: nobody was in the way, and all of it is there
        assert.ok([0, 3].includes(last.status), `${last.status} ${last.stderr}`);
        const report = JSON.parse(last.stdout);
        const { accepted, repeated, legacy, quarantined } = report.files[0];
        assert.equal(accepted + legacy + quarantined, many.length);
        assert.equal(repeated, 0);
        // and the same file again changes nothing
        const stands = await standing();
        assert.equal(stands.length, accepted);
        const again = JSON.parse(host.run(['import', 'siebel_nissan', file, '--json']).stdout).files[0];
        assert.equal(again.accepted, 0);
        assert.equal(again.repeated, many.length);
        assert.deepEqual(await standing(), stands);
      } finally {
        await host.remove();
      }
    });

    test('two hosts on one folder take each of a thousand files once', async () => {
      // given: two dealers' machines with one inbox between them; on PostgreSQL also with one lead database
      const shared = database.create();
      const host = await Host.start({ database: shared });
      const other = await Host.start({ database: shared });
      try {
        const some = records(100, 9);
        await other.end();
        const inbox = join(host.data, 'inbox', 'siebel_nissan'), own = join(other.data, 'inbox', 'siebel_nissan');
        mkdirSync(inbox, { recursive: true });
        rmSync(own, { recursive: true, force: true });
        symlinkSync(inbox, own);
        await other.serve();
        const standing = await Promise.all([host, other].map(newcomers));
        // when: a thousand files, each lead ten times
        const staging = join(host.directory, 'staging');
        mkdirSync(staging);
        for (let number = 0; number < 1000; number++) writeFileSync(join(staging, `f${number}.xml`), payload([some[number % 100]]));
        for (let number = 0; number < 1000; number++) renameSync(join(staging, `f${number}.xml`), join(inbox, `f${number}.xml`));
        await eventually('every file is settled', async () =>
          waiting(host).length === 0 && (await files(host, '.work')).length === 0, 180);
        // then: each file is in one place
        const mine = (name) => /^f\d+\.xml$/.test(name);
        const settled = [...(await files(host, 'done')), ...(await files(host, 'quarantine'))].filter(mine);
        assert.equal(settled.length, 1000);
        assert.equal(new Set(settled).size, 1000);
        // and: both have worked, and where they share a database, each lead is there once
        const after = await Promise.all(standing.map((ask) => ask()));
        const made = after.map((list) => list.length);
        if (shared) {
          assert.deepEqual(after[0], after[1]);
          assert.ok(made[0] > 80 && made[0] <= 100, `${made}`);
        } else {
          assert.ok(made.every((count) => count > 0 && count <= 100), `${made}`);
        }
      } finally {
        await other.remove();
        await host.remove();
      }
    });

    test('twenty senders at once, each with the same leads, make each lead once', async () => {
      const host = await Host.start({ database: database.create() });
      try {
        const some = records(30, 21);
        const token = host.token();
        const standing = await newcomers(host);
        const answers = await Promise.all(Array.from({ length: 20 }, async (_, number) => {
          const own = shuffled(some, numbers(number + 1));
          for (;;) {
            const answer = await host.post('siebel_nissan', payload(own), { token });
            if (answer.status === 200) return answer.json();
            // What may work later is said so, and a sender tries again.
            assert.equal(answer.status, 503, await answer.text());
            await sleep(200);
          }
        }));
        const accepted = answers.reduce((sum, one) => sum + one.accepted, 0);
        assert.equal((await standing()).length, accepted);
        assert.ok(accepted <= 30 && accepted >= 25, `${accepted}`);
      } finally {
        await host.remove();
      }
    });

    describe('what could not come in', () => {
      let host, admin;
      before(async () => {
        host = await Host.start({ database: database.create() });
        admin = await host.signIn('admin');
      });
      after(() => host?.remove());

      test('is tried again by an admin, with the type set right', async () => {
        // given
        const contact = '<ListOfContact><Contact><LastName>Zwölfer</LastName><EmailAddress>z@example.at</EmailAddress></Contact></ListOfContact>';
        const one = (id) => `<NeDealerLead><Id>${id}</Id><LeadType>Probefart</LeadType><DealerCode>AT10017</DealerCode>${contact}</NeDealerLead>`;
        const answer = await (await host.post('siebel_nissan', payload([one('Q-1'), one('Q-2')]))).json();
        assert.equal(answer.quarantined, 2);
        const log = await admin.screen('leads.intake_log');
        const group = Client.block(log, 'quarantine').rows.find((row) => row.cells.reason.text.includes('Probefart'));
        assert.equal(group.cells.leads.value, 2);
        const run = Client.block(log, 'runs').rows[0].id;
        const item = Client.block(await admin.screen('leads.intake_log', { run }), 'items').rows[0];
        // when: nothing was mended
        const again = await admin.act('leads.intake_log', 'retry_all', group.actions[0].input);
        assert.equal(again.http, 422, JSON.stringify(again));
        // when: the type is set right
        const bad = await admin.act('leads.intake_log', 'retry', { item: item.id, type: 'no_such_type' });
        assert.equal(bad.http, 422);
        assert.ok(bad.fields.type);
        const items = async () => Client.block(await admin.screen('leads.intake_log'), 'quarantine').rows
          .find((row) => row.cells.reason.text.includes('Probefart')).cells.leads.value;
        assert.equal(await items(), 2);
        const newest = Client.block(await admin.screen('leads.intake_log'), 'runs').rows[0].id;
        const retried = Client.block(await admin.screen('leads.intake_log', { run: newest }), 'items').rows[0];
        const done = await admin.act('leads.intake_log', 'retry', { item: retried.id, type: 'test_drive' });
        // then
        assert.equal(done.http, 200, JSON.stringify(done));
        assert.equal(await items(), 1);
        const leitung = await host.signIn('leitung');
        assert.equal((await leitung.leads({ q: 'zwoelfer' })).length, 1);
        // and: who may not read the log finds nothing there
        assert.equal((await leitung.act('leads.intake_log', 'retry', { item: retried.id })).http, 404);
      });
    });
  });
}
