// A sale in the DMS finds its lead: entered on the host's page it makes the lead sold, with its feedback; what is not sure
// is offered, and one press says yes or no; a cancelled sale is taken back. The page "Abgleich" shows each user what he
// may see, and each of its numbers leads to exactly its rows.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { faults } from './axe.mjs';
import { Client, Host, artefacts, databases, eventually, oneLead } from './host.mjs';
import { desk, launch, phone, signedIn } from './people.mjs';

const more = '<ListOfVehicle><Vehicle><Make>Nissan</Make><Model>Qashqai</Model></Vehicle></ListOfVehicle>';
/** What arrives now: an enquiry of years ago is nobody's sale. */
const enquiry = (fields) => oneLead({ ...fields, more }).replace(/<Created>.*?<\/Created>/, '');
const today = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Vienna' }).format(new Date());
const rowsOf = (document, id) => Client.block(document, id)?.rows ?? [];

for (const database of databases()) {
  describe(`sales on ${database.name}`, () => {
    let host, browser, leitung, admin;
    before(async () => {
      host = await Host.start({ database: database.create() });
      browser = await launch();
      [leitung, admin] = [await host.signIn('leitung'), await host.signIn('admin')];
    });
    after(async () => {
      await browser?.close();
      await host?.remove();
    });

    /** A lead of a person, imported into the DMS: {id, customer}. */
    async function imported(external, last, customer) {
      const posted = await host.post('siebel_nissan', enquiry({ id: external, last, email: `${last}@example.at` }));
      assert.equal(posted.status, 200);
      const row = (await leitung.leads({ q: last })).find((one) => one.cells.state.value !== 'won' && !one.cells.assignee?.value);
      const made = await leitung.act('leads.lead', 'import', { id: row.id, version: String(row.version), ...(customer ? { customer } : {}) });
      assert.equal(made.http, 200, JSON.stringify(made));
      return { id: row.id, customer: customer ?? /\d+/.exec(made.message)[0] };
    }
    const stateOf = async (id) => Client.block(await leitung.lead(id), 'timeline').items[0].kind;
    const toldOf = async (id) => rowsOf(await leitung.lead(id), 'feedback').map((row) => row.cells.cause.value);
    const sell = async (customer, how = {}) => {
      const made = await leitung.act('host.deals', 'add', { customer, sold_on: today(), make: 'Nissan', model: 'Qashqai', salesperson: 'verkauf1', location: 'wien', ...how });
      assert.equal(made.http, 200, JSON.stringify(made));
      return (await leitung.screen('host.deals')).blocks[0].rows[0].id;
    };

    test('entered in the DMS, the lead is sold and the manufacturer hears of it', async () => {
      const { id, customer } = await imported('SALE-1', 'Verkaufsfall');
      const page = await signedIn(browser, host, 'leitung');
      await page.goto(`${host.url}/screens/host.deals`);
      await page.getByRole('button', { name: 'Verkauf erfassen' }).or(page.getByRole('link', { name: 'Verkauf erfassen' })).first().click();
      await page.fill('[name$=customer]', customer);
      await page.fill('[name$=make]', 'Nissan');
      await page.fill('[name$=model]', 'Qashqai');
      await page.selectOption('[name$=salesperson]', 'verkauf1');
      await page.selectOption('[name$=location]', 'wien');
      await page.screenshot({ path: join(artefacts, 'deal_form_de.png') });
      await page.getByRole('button', { name: 'Speichern' }).click();
      await page.getByText('Der Verkauf ist gespeichert.').waitFor();
      await page.screenshot({ path: join(artefacts, 'deals_de.png') });
      assert.equal(await stateOf(id), 'sold');
      assert.ok((await toldOf(id)).includes('won'), 'Nissan hears of it');
      await page.goto(`${host.url}/screens/leads.lead?id=${id}`);
      const text = await page.locator('#content').innerText();
      for (const words of ['Verkauf im DMS', 'Von selbst gefunden', 'durch den Verkauf']) assert.ok(text.includes(words), words);
      await page.screenshot({ path: join(artefacts, 'lead_sold_de.png'), fullPage: true });
      await page.context().close();
    });

    test('cancelled in the DMS, the lead is open again and the manufacturer hears of that too', async () => {
      const { id, customer } = await imported('SALE-2', 'Storniert');
      const before = await toldOf(id);
      const deal = await sell(customer);
      assert.equal(await stateOf(id), 'sold');
      const cancelled = await leitung.act('host.deals', 'cancel', { deal });
      assert.equal(cancelled.http, 200, JSON.stringify(cancelled));
      assert.equal(await stateOf(id), 'sale_cancelled');
      assert.deepEqual((await toldOf(id)).length, before.length + 2);
      assert.equal((await leitung.act('host.deals', 'cancel', { deal })).http, 422);
      assert.equal((await leitung.act('host.deals', 'cancel', { deal: '999999' })).http, 404);
    });

    test('what is not sure is offered on both pages, and one press is enough', async () => {
      const first = await imported('SALE-3', 'Zweifach');
      const second = await imported('SALE-4', 'Zweifach', first.customer);
      const third = await imported('SALE-5', 'Zweifach', first.customer);
      const deal = await sell(first.customer);
      const page = await signedIn(browser, host, 'leitung');
      // No, on the lead's page
      await page.goto(`${host.url}/screens/leads.lead?id=${first.id}`);
      await page.screenshot({ path: join(artefacts, 'lead_offer_de.png'), fullPage: true });
      await page.getByRole('button', { name: 'Nein', exact: true }).click();
      await page.getByText('Die beiden werden einander nicht mehr vorgeschlagen.').waitFor();
      // Yes, on "Abgleich"
      await page.goto(`${host.url}/screens/leads.sales?show=offered`);
      await page.screenshot({ path: join(artefacts, 'sales_offered_de.png'), fullPage: true });
      assert.deepEqual(rowsOf(await leitung.screen('leads.sales'), 'offered').map((row) => row.id).filter((id) => id.startsWith(`${deal}/`)).sort(),
        [`${deal}/${second.id}`, `${deal}/${third.id}`].sort());
      await page.locator('tr', { has: page.locator(`a[href*="leads.lead?id=${second.id}"]`) }).getByRole('button', { name: 'Ja, dieser Verkauf' }).click();
      await page.getByText('Der Lead ist verkauft.').first().waitFor();
      assert.equal(await stateOf(second.id), 'sold');
      assert.ok(!(await stateOf(third.id)).includes('sold'));
      await page.context().close();
    });

    test('taken back by hand, the sale is offered again and does not come by itself', async () => {
      const { id, customer } = await imported('SALE-6', 'Irrtum');
      const deal = await sell(customer);
      assert.equal(await stateOf(id), 'sold');
      const back = await leitung.act('leads.lead', 'reopen', { id, version: String((await leitung.lead(id)).version) });
      assert.equal(back.http, 200, JSON.stringify(back));
      // Another event of the host: nothing is tied again.
      await sell(customer, { make: 'Dacia', model: 'Duster' });
      assert.notEqual(await stateOf(id), 'sold');
      const offered = async () => rowsOf(await leitung.screen('leads.sales', { show: 'offered' }), 'offered').map((row) => row.id);
      assert.ok((await offered()).includes(`${deal}/${id}`));
      const page = await signedIn(browser, host, 'leitung');
      await page.goto(`${host.url}/screens/leads.lead?id=${id}`);
      await page.screenshot({ path: join(artefacts, 'lead_taken_back_de.png'), fullPage: true });
      assert.equal(await page.getByRole('button', { name: 'Ja, dieser Verkauf' }).count(), 2);
      await page.locator('tr', { hasText: 'Qashqai' }).getByRole('button', { name: 'Ja, dieser Verkauf' }).click();
      await page.getByText('Der Lead ist verkauft.').first().waitFor();
      assert.equal(await stateOf(id), 'sold');
      await page.context().close();
    });

    test('each number of the page leads to exactly its rows, for everybody', async () => {
      let numbers = 0;
      for (const user of ['leitung', 'wien1', 'graz1', 'verkauf1', 'admin']) {
        const client = await host.signIn(user);
        for (const period of ['', 'year', today().slice(0, 7)]) {
          const page = await client.screen('leads.sales', period ? { period } : {});
          const counts = Client.block(page, 'counts');
          for (const row of [...counts.rows, { cells: counts.totals ?? {} }]) {
            for (const [id, cell] of Object.entries(row.cells)) {
              if (!cell.link?.params) continue; // a text has a method of that name
              const there = await client.screen('leads.sales', cell.link.params);
              assert.equal(Client.block(there, id).total, cell.value, `${user} ${JSON.stringify(cell.link.params)}`);
              numbers++;
            }
          }
        }
        // Nothing of a lead that he does not see.
        const seen = new Set((await client.leads()).map((one) => one.id));
        for (const list of ['offered', 'without_sale', 'matched']) {
          for (const row of rowsOf(await client.screen('leads.sales', { period: 'year', show: list }), list)) {
            if (row.cells.lead.link) assert.ok(seen.has(row.cells.lead.link.params.id), `${user} ${JSON.stringify(row)}`);
          }
        }
      }
      assert.ok(numbers > 20, `${numbers} numbers`);
    });

    test('bad input is told in a sentence, and changes nothing', async () => {
      for (const query of [{ period: 'gestern' }, { period: '2026-13' }, { show: 'all' }, { period: "2026-11' OR 1" }]) {
        const answer = await leitung.get(`/screens/leads.sales?${new URLSearchParams(query)}`);
        assert.equal(answer.status, 422, JSON.stringify(query));
      }
      const lead = (await leitung.leads({ tab: 'open' }))[0];
      for (const input of [{}, { deal: '1' }, { deal: '1', lead: 'x' }]) {
        assert.equal((await leitung.act('leads.sales', 'confirm_sale', input)).http, 422, JSON.stringify(input));
      }
      for (const input of [{ deal: '999', lead: lead.id, version: '1' }, { deal: 'x'.repeat(500), lead: lead.id, version: '1' }]) {
        assert.equal((await leitung.act('leads.sales', 'confirm_sale', input)).http, 422, JSON.stringify(input));
        assert.equal((await leitung.act('leads.lead', 'refuse_sale', input)).http, 422, JSON.stringify(input));
      }
      for (const [field, value] of [['customer', '0'], ['customer', '99999999'], ['make', ''], ['sold_on', '2026-02-30'], ['sold_on', '2999-01-01'], ['salesperson', 'niemand'], ['location', 'mars'], ['vin', 'x'.repeat(101)]]) {
        const made = await leitung.act('host.deals', 'add', { customer: '1', sold_on: today(), make: 'Nissan', [field]: value });
        assert.equal(made.http, 422, `${field} ${value}: ${JSON.stringify(made)}`);
      }
    });

    test('whole and accessible on desk and phone, in German and English', async () => {
      for (const [locale, viewport, name] of [['de-AT', desk, 'de'], ['de-AT', phone, 'de_phone'], ['en-GB', desk, 'en']]) {
        const page = await signedIn(browser, host, 'leitung', { locale, viewport, javaScriptEnabled: true, bypassCSP: true });
        for (const screen of ['leads.sales', 'leads.help?page=sales', 'host.deals', 'leads.evaluation?period=all&day=sale']) {
          await page.goto(`${host.url}/screens/${screen}`);
          await page.screenshot({ path: join(artefacts, `${screen.replace(/\W/g, '_')}_${name}.png`), fullPage: true });
          assert.deepEqual(await faults(page), [], `${screen} ${name}`);
        }
        await page.context().close();
      }
    });

    test('without the right there is no such page', async () => {
      await eventually('the host answers', async () => (await fetch(`${host.url}/health`)).ok);
      assert.equal((await fetch(`${host.url}/screens/leads.sales`, { headers: { Accept: 'application/json' } })).status, 401);
      assert.ok(rowsOf(await admin.screen('leads.sales', { period: 'year' }), 'counts').length >= 0);
    });
  });
}
