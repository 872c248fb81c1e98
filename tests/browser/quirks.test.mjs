// What real senders send, through "dms_host import" as an admin runs it: every file of tests/data/quirks becomes what its
// NAME.expected.json says (tests/unit/intake_quirks_test.cpp has the same folder in full depth), and an admin's own
// definitions work beside one that is broken.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { Client, Host, databases, eventually, existsSync, join, readFileSync, sample, samples } from './host.mjs';

const folder = join(samples, '../quirks');

/** [{source, file, expected}], in order. */
function quirks() {
  const found = [];
  for (const { name: source } of readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    for (const name of readdirSync(join(folder, source)).sort()) {
      if (name.endsWith('.expected.json')) continue;
      const expected = join(folder, source, name.replace(/\.[^.]+$/, '.expected.json'));
      found.push({ source, file: join(folder, source, name), expected: JSON.parse(readFileSync(expected, 'utf8')) });
    }
  }
  return found;
}

/** One run of the command over many files, and the items of each of them. */
function importFiles(host, source, files) {
  const done = host.run(['import', source, ...files, '--json']);
  assert.ok([0, 3].includes(done.status), `${source}: ${done.status} ${done.stderr}`);
  const report = JSON.parse(done.stdout);
  let at = 0;
  return report.files.map((file) => {
    const count = file.accepted + file.repeated + file.legacy + file.quarantined;
    return { ...file, items: report.items.slice(at, (at += count)) };
  });
}

const expectedId = (lead) => (lead.external_id ?? 'derived:*');
const fits = (id, wanted) => (wanted === 'derived:*' ? id.startsWith('derived:') : id === wanted);

for (const database of databases()) {
  describe(`quirks on ${database.name}`, () => {
    let host, leitung;
    before(async () => {
      host = await Host.start({ database: database.create(), env: { LC_ALL: 'en_GB.UTF-8' } });
      leitung = await host.signIn('leitung');
    });
    after(() => host?.remove());

    test('"dms_host import" of the quirk folder gives the expected outcome of every file', async () => {
      const all = quirks();
      assert.ok(all.length >= 60, `${all.length} files`);
      const groups = new Map();
      for (const one of all) {
        const key = `${one.expected.google_key ?? ''}|${one.source}`;
        groups.set(key, [...(groups.get(key) ?? []), one]);
      }
      const stored = [];
      for (const [key, group] of groups) {
        const secret = host.run(
          ['plugin', 'set', 'lead_system', 'web_json.google_key', ...(key.split('|')[0] ? [] : ['--remove'])], `${key.split('|')[0]}\n`);
        assert.equal(secret.status, 0, secret.stderr);
        const reports = importFiles(host, group[0].source, group.map((one) => one.file));
        for (const [index, { file, expected }] of group.entries()) {
          const found = reports[index];
          assert.equal(found.file, file);
          assert.equal(found.reason, expected.reason, file);
          const wanted = expected.reason ? [] : expected.leads;
          if (expected.reason) assert.equal(found.quarantined, 1, file);
          else assert.equal(found.items.length, wanted.length, file);
          for (const [place, lead] of wanted.entries()) {
            const item = found.items[place];
            assert.equal(item.outcome, lead.outcome, `${file}: ${item.reason}`);
            assert.ok(fits(item.external_id, expectedId(lead)), `${file}: ${item.external_id}`);
            assert.equal(item.reason ?? undefined, lead.reason, file);
            if (lead.outcome === 'accepted') stored.push({ file, lead, id: item.lead });
          }
        }
      }
      // The commands kept this process waiting, and the host closed the connections that it had to it.
      await eventually('the host answers', async () => (await fetch(`${host.url}/health`)).ok);
      // what was accepted can be read on its page
      for (const { file, lead, id } of stored) {
        const page = JSON.stringify(await leitung.lead(id));
        const { prospect = {}, wanted } = lead.content ?? {};
        for (const text of [prospect.last_name, prospect.email, prospect.company, prospect.city, wanted?.[0]?.model]) {
          if (text) assert.ok(page.includes(JSON.stringify(text).slice(1, -1)), `${file}: ${text} is not on the page`);
        }
        for (const phone of prospect.phones ?? []) assert.ok(page.includes(phone.number), `${file}: ${phone.number} is not on the page`);
      }
    });

    test('a maildir: what is delivered into new/ becomes leads and stands in done/', async () => {
      const inbox = join(host.data, 'inbox', 'mail_adf');
      for (const inner of ['tmp', 'new', 'cur']) mkdirSync(join(inbox, inner), { recursive: true });
      const mail = sample('mail_adf/attachment.eml').toString().replace(/^Message-ID:.*\r\n/m, '');
      writeFileSync(join(inbox, 'tmp', '1595402120.M1P1.mx'), mail.slice(0, 500));
      writeFileSync(join(inbox, 'new', '1595402121.M2P1.mx'), mail);
      await eventually('the mail was taken', () => existsSync(join(inbox, 'done', '1595402121.M2P1.mx')));
      const found = await leitung.leads({ q: 'petra.lang@example.at' });
      assert.ok(found.length >= 1);
      assert.ok(existsSync(join(inbox, 'tmp', '1595402120.M1P1.mx')));
    });

    test('an admin\'s definitions: a new source works, a broken one is named with file and line where admins look', async () => {
      const sources = join(host.data, 'plugins', 'lead_system', 'sources');
      mkdirSync(sources, { recursive: true });
      writeFileSync(join(sources, 'club.info'), `source club_csv
title "Autoclub"
category siebel_nissan
format csv
payload
{
  needs "Mitglied"
}
lead
{
  external_id "Mitglied"
}
prospect
{
  last_name "Name"
  email "Mail"
}
map type
{
  "*" quote_request
}
`);
      writeFileSync(join(sources, 'oops.info'), 'source oops\ntitle "Oops"\ncategory finance\nformat xml\npayload\n{\n  record "//a["\n}\n');
      await host.end();
      await host.serve();
      // the good one takes payloads at once
      const answer = await (await host.post('club_csv', 'Mitglied;Name;Mail\nC-77;Wagner;wagner@example.at\n', { type: 'text/csv' })).json();
      assert.equal(answer.accepted, 1, JSON.stringify(answer));
      assert.equal((await host.post('oops', '<a/>')).status, 404);
      // the bad one is named in the log, in the plugin's health and in the settings
      const sentence = /oops\.info:7: The XPath .* is broken/;
      assert.match(host.log, sentence);
      const admin = await host.signIn('admin');
      assert.match(JSON.stringify(await admin.screen('leads.settings', { tab: 'sources' })), sentence);
      const health = await admin.json('/screens/host.plugins');
      assert.match(JSON.stringify(health), sentence);
      rmSync(sources, { recursive: true });
    });
  });
}
