// kill -9 while prospects become customers: whatever moment it hits, each lead has one customer in the end, a linked
// customer can still be given back what was his, and myKontakte has each lead once.
// KILLS says how often (5).
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Client, Host, databases, eventually, sleep } from './host.mjs';

const rounds = Number(process.env.KILLS ?? 5);
const atOnce = 3;

const payload = (count) => `<?xml version="1.0"?><SiebelMessage><ListOfNeDealerLead>${Array.from({ length: count }, (_, n) => `<NeDealerLead>
  <Id>9-KILL-${n}</Id><LeadType>Quote Request</LeadType><Created>07/22/2020 07:15:00</Created><DealerCode>AT10017</DealerCode>
  <ListOfContact><Contact><FirstName>Kilian</FirstName><LastName>Sturz${n}</LastName><EmailAddress>neu${n}@kill.example.at</EmailAddress>
  <StreetAddress>Ring ${n}</StreetAddress></Contact></ListOfContact></NeDealerLead>`).join('')}</ListOfNeDealerLead></SiebelMessage>`;

for (const database of databases()) {
  describe(`kill -9 during the import of customers, ${rounds} times, on ${database.name}`, () => {
    let host, leads;
    const links = new Map();  // lead → customer that it is linked with
    const story = { kills: 0, answered: 0, broken: 0, again: 0 };

    before(async () => {
      host = await Host.start({ database: database.create() });
      const report = await (await host.post('siebel_nissan', payload(rounds * atOnce))).json();
      assert.equal(report.accepted, rounds * atOnce, JSON.stringify(report).slice(0, 600));
      leads = report.items.map((item) => String(item.lead));
      const leitung = await host.signIn('leitung');
      for (const id of leads) {
        await done(leitung, 'assign', { id, version: 1, user: 'verkauf1' });
      }
      // Each third lead meets a customer who is there already, under another e-mail.
      for (let number = 0; number < leads.length; number += 3) links.set(leads[number], null);
      const donors = leads.filter((id) => links.has(id));
      for (const id of donors) {
        const made = await done(leitung, 'import', { id, version: (await leitung.lead(id)).version });
        links.set(id, made.customer);
      }
    });
    after(() => host?.remove());

    /** As a program should: a database that is busy is asked again. */
    async function done(client, action, input) {
      let made;
      for (let attempt = 0; attempt < 10; ++attempt) {
        made = await client.act('leads.lead', action, input);
        if (made.http !== 503) break;
        await sleep(500);
      }
      assert.equal(made.http, 200, `${action}: ${JSON.stringify(made)}`);
      return made;
    }
    const customerOf = async (client, id) => {
      const page = await client.lead(id);
      const person = Client.block(page, 'person');
      return { version: page.version, customer: person.items.find((item) => item.id === 'customer').value.value };
    };
    const emailOf = async (client, customer) => {
      const person = Client.block(await client.screen('host.customer', { id: customer }), 'person');
      return JSON.stringify(person).match(/[\w.]+@kill\.example\.at/)?.[0];
    };

    test('one customer each, nothing lost, nothing twice', async () => {
      const fresh = leads.filter((id) => !links.has(id));
      for (let round = 0; round < rounds; ++round) {
        const client = await host.signIn('leitung');
        const batch = fresh.slice(round * 2, round * 2 + 2);
        const seen = await Promise.all(batch.map((id) => client.lead(id)));
        const running = batch.map((id, index) => client.act('leads.lead', 'import', { id, version: seen[index].version })
          .then((made) => { story.answered += made.http === 200 ? 1 : 0; }, () => { story.broken += 1; }));
        // From before the first byte is read to after the last answer.
        await sleep(Math.random() * 40);
        await host.end('SIGKILL');
        story.kills += 1;
        await Promise.all(running);
        await host.serve();
        const again = await host.signIn('leitung');
        for (const id of batch) {
          const { version, customer } = await customerOf(again, id);
          if (customer) continue;
          await done(again, 'import', { id, version });
          story.again += 1;
        }
      }
      const client = await host.signIn('leitung');
      for (const id of fresh) {
        const { customer } = await customerOf(client, id);
        assert.ok(customer, `lead ${id}`);
        const mail = await emailOf(client, customer);
        const found = Client.block(await client.screen('host.customers', { q: mail }), 'customers').rows;
        assert.deepEqual(found.map((row) => row.id), [customer], mail);
      }
      const numbers = await Promise.all(fresh.map(async (id) => (await customerOf(client, id)).customer));
      assert.equal(new Set(numbers).size, fresh.length, 'no two leads share one');
    });

    test('a link that was cut off is finished, and can still be taken back', async () => {
      const donors = [...links];
      for (const [index, [id, donor]] of donors.entries()) {
        const target = leads.filter((lead) => !links.has(lead))[index];
        let client = await host.signIn('leitung');
        // given: the lead is untied again, its customer gone; and another one to link it with
        let at = await customerOf(client, target);
        await done(client, 'undo_import', { id: target, version: at.version });
        const was = await emailOf(client, donor);
        at = await customerOf(client, target);
        const linking = client.act('leads.lead', 'import', { id: target, version: at.version, customer: donor, take: ['email', 'name'] })
          .then(() => { story.answered += 1; }, () => { story.broken += 1; });
        await sleep(Math.random() * 40);
        await host.end('SIGKILL');
        story.kills += 1;
        await linking;
        await host.serve();
        client = await host.signIn('leitung');
        at = await customerOf(client, target);
        if (!at.customer) {
          await done(client, 'import', { id: target, version: at.version, customer: donor, take: ['email', 'name'] });
          story.again += 1;
          at = await customerOf(client, target);
        }
        assert.equal(at.customer, donor);
        assert.notEqual(await emailOf(client, donor), was);
        // when: taken back
        await done(client, 'undo_import', { id: target, version: at.version });
        assert.equal(await emailOf(client, donor), was, `customer ${donor} of lead ${id}`);
      }
    });

    test('myKontakte has each lead once', async () => {
      const verkauf = await host.signIn('verkauf1');
      await eventually('every lead stands there once', async () => {
        const rows = Client.block(await verkauf.screen('host.contacts'), 'contacts').rows.map((row) => JSON.stringify(row));
        return leads.every((id) => rows.filter((row) => row.includes(`"params":{"id":"${id}"}`) || row.includes(`"id":"${id}"},"screen"`)).length === 1);
      }, 60);
      console.log(`# ${database.name}: ${JSON.stringify(story)}`);
    });
  });
}
