// Nobody sees what is not theirs: every address that people with rights can reach is asked for by people without. What
// is not for them must not be in any answer, and what they may not see answers like what does not exist.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Client, Host, eventually } from './host.mjs';

const types = { test_drive_fast_track: ['Test Drive', 'Fast Track'], test_drive: ['Test Drive', 'Normal'], quote_request: ['Quote Request', ''], pre_order: ['Pre-Order', ''] };
const places = { wien: 'AT10017', graz: 'AT10023', linz: 'AT10031', none: 'AT99999' };
const word = (number) => [...String(number).padStart(2, '0')].map((digit) => 'bdfghklmnp'[digit]).join('a');

/** A lead for each type and place, each with a name, an address and a message that occur nowhere else. */
function markers() {
  const made = [];
  for (const [type, [kind, priority]] of Object.entries(types)) {
    for (const [place, code] of Object.entries(places)) {
      const token = `Geheim${word(made.length)}`;
      made.push({ type, place, token, id: `9-${token}`, xml: `<NeDealerLead><Id>9-${token}</Id><LeadType>${kind}</LeadType><Priority>${priority}</Priority>
        <Created>07/22/2026 07:15:00</Created><DealerCode>${code}</DealerCode><Campaign>Kampagne ${token}</Campaign><Comments>Bitte ${token}</Comments>
        <ListOfContact><Contact><FirstName>Anna</FirstName><LastName>${token}</LastName><EmailAddress>${token}@example.at</EmailAddress></Contact></ListOfContact>
        <ListOfVehicle><Vehicle><Make>NISSAN</Make><Model>Modell ${token}</Model><Interest>New</Interest></Vehicle></ListOfVehicle></NeDealerLead>` });
    }
  }
  return made;
}

/** All links of a document to screens, and all its actions. */
function linksAndActions(document) {
  const links = [], actions = [];
  const search = (part) => {
    if (Array.isArray(part)) return part.forEach(search);
    if (part === null || typeof part !== 'object') return;
    if (typeof part.screen === 'string') links.push({ screen: part.screen, params: part.params ?? {} });
    if (typeof part.action === 'string' && typeof part.label === 'string' && !part.screen) actions.push(part);
    Object.values(part).forEach(search);
  };
  search(document);
  return { links, actions };
}

const query = (params) => {
  const all = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) for (const one of [value].flat()) all.append(name, one);
  return all.toString();
};

describe('what is not theirs', () => {
  const all = markers();
  let host, addresses, actions, leads, customer, contacts;
  const exported = new Set();

  before(async () => {
    host = await Host.start();
    // A manager of the place, without any grant.
    host.env.DMS_PASSWORD = 'demo demo';
    assert.equal(host.run(['user', 'add', 'mgrwien', '--name', 'Manager Ohne', '--role', 'manager', '--location', 'wien']).status, 0);
    // Somebody with the role of a salesperson and no rights, and nothing assigned.
    assert.equal(host.run(['user', 'add', 'niemand', '--name', 'Niemand Fremd', '--role', 'sales', '--location', 'wien']).status, 0);
    const report = await (await host.post('siebel_nissan', `<?xml version="1.0"?><SiebelMessage><ListOfNeDealerLead>${all.map((one) => one.xml).join('')}</ListOfNeDealerLead></SiebelMessage>`)).json();
    assert.equal(report.accepted, all.length, JSON.stringify(report));
    for (const item of report.items) all.find((one) => one.id === item.external_id).lead = item.lead;
    const leitung = await host.signIn('leitung');
    leads = new Map();
    for (const one of all) {
      if (one.place === 'wien') {
        const { version } = await leitung.lead(one.lead);
        assert.equal((await leitung.act('leads.lead', 'assign', { id: one.lead, version, user: 'verkauf1' })).http, 200);
      }
    }
    // a manager's notes, which only those may read who see the lead; one of them with a customer
    for (const one of all.filter((each) => each.place === 'wien')) {
      const { version } = await leitung.lead(one.lead);
      assert.equal((await leitung.act('leads.lead', 'contact', { id: one.lead, version, due: '2030-01-01T10:00', kind: 'visit', note: `VERTRAULICH ${one.token}` })).http, 200);
    }
    // linked, not imported: the customer file is everybody's, with the names in it
    const linked = all.find((one) => one.place === 'wien');
    const rows = (await leitung.screen('host.customers')).blocks.find((block) => block.id === 'customers').rows;
    customer = rows.find((row) => row.cells.name.detail && row.cells.phone && row.cells.city?.text).id;
    const { version } = await leitung.lead(linked.lead);
    assert.equal((await leitung.act('leads.lead', 'import', { id: linked.lead, version, customer })).http, 200);
    // myKontakte has them now, and the bell
    await eventually('the contact', async () => JSON.stringify(await (await host.signIn('verkauf1')).screen('host.contacts')).includes('Geheim'));
    await eventually('the note', async () => JSON.stringify(await (await host.signIn('verkauf1')).screen('host.contacts')).includes('VERTRAULICH'));
    const seller = await host.signIn('verkauf1');
    contacts = (await seller.screen('host.contacts')).blocks.find((block) => block.id === 'contacts').rows.filter((row) => row.label.includes('Geheim'));
    assert.ok(contacts.length >= 4);
    assert.match(JSON.stringify(await seller.screen('host.customer', { id: customer })), /VERTRAULICH/, 'whose contact it is reads the note');
    [addresses, actions] = await crawl([leitung, await host.signIn('admin'), await host.signIn('verkauf1')]);
    for (const one of all) leads.set(one.lead, (await leitung.lead(one.lead)).version);
  });
  after(() => host?.remove());

  /** Every screen, with a few of each kind of parameters; the marked leads all. */
  async function crawl(clients) {
    const found = new Map(), seen = new Map(), offered = new Map();
    const wanted = [];
    const add = ({ screen, params }) => {
      const address = `${screen}?${query(params)}`;
      const kind = `${screen} ${Object.keys(params).sort()}`;
      if (found.has(address) || (seen.get(kind) ?? 0) >= 2) return;
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
      found.set(address, { screen, params });
      wanted.push({ screen, params });
    };
    for (const client of clients) for (const entry of (await client.menu()).entries) add({ screen: entry.screen, params: {} });
    add({ screen: 'host.notifications', params: {} });
    for (const params of [{ person: 'all' }, { person: 'all', tab: 'done' }, { person: 'verkauf1' }]) add({ screen: 'host.contacts', params });
    for (const params of [{ id: customer }, { id: customer, tab: 'contacts' }]) add({ screen: 'host.customer', params });
    for (const one of all.slice(0, 2)) add({ screen: 'host.customers', params: { q: one.token } });
    for (const one of all) {
      found.set(`leads.lead?id=${one.lead}`, { screen: 'leads.lead', params: { id: String(one.lead) } });
      wanted.push({ screen: 'leads.lead', params: { id: String(one.lead) } });
      add({ screen: 'leads.overview', params: { q: one.token } });
    }
    for (const { screen, params } of wanted) {
      for (const client of clients) {
        const answer = await client.get(`/screens/${screen}?${query(params)}`);
        if (!answer.ok) continue;
        const document = await answer.json();
        const { links, actions: here } = linksAndActions(document);
        if (document.export?.length) exported.add(screen);
        links.forEach(add);
        for (const action of here) offered.set(`${screen} ${action.action}`, { screen, ...action });
      }
    }
    return [[...found.values()], [...offered.values()]];
  }

  const hidden = (may) => all.filter((one) => !may(one)).flatMap((one) => [one.token, one.token.toLowerCase()]);
  const nothing = () => false;
  const drivesInGraz = (one) => one.place === 'graz' && one.type.startsWith('test_drive');

  function readable(bytes, format) {
    if (format !== 'xlsx') return Buffer.from(bytes).toString();
    const file = join(mkdtempSync(join(tmpdir(), 'walk-')), 'export.xlsx');
    writeFileSync(file, Buffer.from(bytes));
    return spawnSync('python3', ['-c', 'import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\nprint("".join(z.read(n).decode("utf-8", "replace") for n in z.namelist()))', file], { encoding: 'utf8', maxBuffer: 1 << 28 }).stdout;
  }

  for (const [user, password, may] of [['niemand', undefined, nothing], ['graz1', 'demo', drivesInGraz], ['mgrwien', 'demo demo', nothing]]) {
    test(`${user} finds nothing of others' leads at any address, in any form`, async () => {
      const client = await host.signIn(user, password ?? (host.env.DMS_PASSWORD || 'demo'));
      const forbidden = hidden(may);
      const clean = (text, where) => {
        // The address itself is repeated by the page; what it searched for is no news.
        for (const token of forbidden) {
          if (!where.includes(token)) assert.ok(!text.includes(token), `${where} shows ${token}`);
        }
      };
      let asked = 0;
      for (const { screen, params } of addresses) {
        const path = `/screens/${screen}?${query(params)}`;
        for (const accept of ['application/json', 'text/html']) {
          const answer = await client.get(path, accept);
          const text = await answer.text();
          clean(text, path);
          if (accept === 'application/json' && answer.ok && !path.startsWith('/screens/leads.lead?')) {
            const numbers = linksAndActions(JSON.parse(text)).links.filter((link) => link.screen === 'leads.lead').map((link) => Number(link.params.id));
            for (const one of all.filter((each) => !may(each))) assert.ok(!numbers.includes(one.lead), `${path} leads to ${one.lead}`);
          }
          asked += 1;
        }
        for (const format of exported.has(screen) ? ['csv', 'xlsx'] : []) {
          const answer = await client.get(`/screens/${screen}/export.${format}?${query(params)}`);
          if (answer.ok) clean(readable(await answer.arrayBuffer(), format), `${path} as ${format}`);
        }
      }
      assert.ok(asked > 100, `only ${asked} addresses`);
      // the contacts of others, as calendar files and to get them done: as if they were not there
      const nowhere = await client.act('host.contacts', 'complete', { contact: '999999999', result: 'reached', note: 'x' });
      for (const contact of contacts) {
        assert.equal((await client.get(`/screens/host.contacts/export.ics?contact=${contact.id}`)).status, 404);
        const here = await client.act('host.contacts', 'complete', { contact: contact.id, result: 'reached', note: 'x' });
        assert.deepEqual([here.http, here.message], [nowhere.http, nowhere.message]);
      }
      for (const one of all.filter(may)) {
        assert.match(JSON.stringify(await client.lead(one.lead)), new RegExp(one.token), 'but his own he sees');
      }
      // searching for them finds nothing, whatever is searched for
      for (const one of all.filter((each) => !may(each))) {
        for (const text of [one.token, `${one.token}@example.at`]) {
          assert.equal((await client.leads({ q: text })).length, 0, text);
        }
      }
    });

    test(`what ${user} may not see answers like what does not exist`, async () => {
      const client = await host.signIn(user, password ?? (host.env.DMS_PASSWORD || 'demo'));
      const answer = async (path) => {
        const got = await client.get(path);
        const text = (await got.text()).replace(/"correlation":"[^"]*"/, '');
        return `${got.status} ${text}`;
      };
      const missing = await answer('/screens/leads.lead?id=999999999');
      assert.match(missing, /^404/);
      const offered = actions.filter((action) => action.screen === 'leads.lead').map((action) => action.action);
      const names = new Set([...offered, 'assign', 'reject', 'import', 'contact', 'progress', 'contact_result', 'close', 'reopen', 'erase']);
      const input = { user: 'verkauf1', due: '2030-01-01T10:00', kind: 'phone', state: 'closed', reason: 'price', result: 'tried', comment: 'x', note: 'x' };
      for (const one of all.filter((each) => !may(each))) assert.equal(await answer(`/screens/leads.lead?id=${one.lead}`), missing);
      // each action on one lead of each place
      for (const one of all.filter((each) => !may(each) && each.type === 'quote_request')) {
        for (const name of names) {
          const version = leads.get(one.lead);
          const here = await client.act('leads.lead', name, { ...input, id: one.lead, version });
          const nowhere = await client.act('leads.lead', name, { ...input, id: 999999999, version: 1 });
          assert.deepEqual([here.http, here.message, here.fields], [nowhere.http, nowhere.message, nowhere.fields], name);
          assert.notEqual(here.http, 200, name);
        }
        const bulk = await client.act('leads.overview', 'assign', { leads: [String(one.lead)], versions: [`${one.lead}:1`], user: 'verkauf1' });
        assert.ok(!JSON.stringify(bulk).includes(one.token));
        assert.notEqual(bulk.http, 200);
      }
      // and nothing has happened to them
      const leitung = await host.signIn('leitung');
      for (const one of all.filter((each) => !may(each))) assert.equal((await leitung.lead(one.lead)).version, leads.get(one.lead));
    });

    test(`${user} may do none of what admins do`, async () => {
      const client = await host.signIn(user, password ?? (host.env.DMS_PASSWORD || 'demo'));
      const own = new Set((await client.menu()).entries.map((entry) => entry.screen));
      for (const action of actions.filter((one) => one.screen !== 'leads.lead' && !own.has(one.screen) && !['host.customer', 'host.notifications', 'leads.help'].includes(one.screen))) {
        const got = await client.act(action.screen, action.action, action.input ?? {});
        assert.ok([403, 404].includes(got.http), `${action.screen} ${action.action}: ${got.http}`);
      }
    });
  }
});
