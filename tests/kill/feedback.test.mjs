// kill -9 of the host while it sends: the receiver counts each message once by its id, in the order of its lead, and
// none is missing. KILLS says how often (5); tests/kill/README.md has the result of a hundred.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Client, Host, databases, eventually, sleep } from '../browser/host.mjs';
import { Receiver, readFeedback } from '../browser/receiver.mjs';

const kills = Number(process.env.KILLS ?? 5);
const leadsATurn = 6;

const record = (number) => `<NeDealerLead><Id>KILL-${number}</Id><LeadType>Test Drive</LeadType><Priority>Normal</Priority>
<Created>07/22/2020 10:00:00</Created><DealerCode>AT10017</DealerCode><ListOfContact><Contact IsPrimaryMVG="Y">
<FirstName>Anna</FirstName><LastName>Kill${number}</LastName><EmailAddress>kill${number}@example.at</EmailAddress>
</Contact></ListOfContact></NeDealerLead>`;
const payload = (numbers) => `<SiebelMessage><ListOfNeDealerLead>${numbers.map(record).join('')}</ListOfNeDealerLead></SiebelMessage>`;

/** A seeded generator: the same run again. */
function dice(seed) {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

/** What every host's store says of our leads: {lead: [message ids in order]} of those acknowledged, and what is not. */
async function standing(client) {
  const byLead = new Map();
  const open = [];
  let before = '';
  for (;;) {
    const block = Client.block(await client.screen('leads.feedback_log', { q: 'KILL-', ...(before ? { before } : {}) }), 'messages');
    for (const row of block.rows) {
      const lead = row.cells.lead.text;
      if (!byLead.has(lead)) byLead.set(lead, []);
      byLead.get(lead).unshift(row.cells.message.value);
      if (row.cells.state.value !== 'acknowledged') open.push(`${lead}: ${row.cells.state.value}`);
    }
    if (!block.next) return { byLead, open };
    before = block.next;
  }
}

/** The ids that the receiver got of a lead, each where it came first. */
function received(receiver) {
  const byLead = new Map();
  for (const { id, messageId } of receiver.messages.map(readFeedback).filter((one) => one.id.startsWith('KILL-'))) {
    if (!byLead.has(id)) byLead.set(id, []);
    const seen = byLead.get(id);
    if (!seen.includes(messageId)) seen.push(messageId);
  }
  return byLead;
}

for (const database of databases()) {
  for (const hosts of database.name === 'SQLite' ? [1] : [1, 2]) {
    describe(`${kills} kills while sending, ${hosts} host(s) on ${database.name}`, () => {
      test('each message once by its id, in order per lead, none missing', { timeout: (kills * 20 + 180) * 1000 }, async () => {
        const random = dice(hosts * 1000 + kills);
        const receiver = await Receiver.start();
        // A receiver as it is: takes its time, fails now and then, loses a connection after it has taken the message.
        const calmly = receiver.answer;
        receiver.delay = () => random() * 120;
        receiver.answer = (body, count) => (random() < 0.03 ? 'drop' : calmly(body, count));
        const shared = database.create();
        const all = [];
        for (let index = 0; index < hosts; ++index) all.push(await Host.start({ database: shared }));
        try {
          for (const host of all) {
            const admin = await host.signIn('admin');
            const set = await admin.act('leads.settings', 'feedback_channel', { source: 'siebel_nissan', transport: 'https', url: receiver.url });
            assert.equal(set.http, 200, JSON.stringify(set));
          }
          const token = all[0].token();
          let number = 0;
          for (let turn = 0; turn < kills; ++turn) {
            // Leads come and are worked, which makes messages; while these are being sent, the plug is pulled.
            const host = all[turn % hosts];
            const numbers = Array.from({ length: leadsATurn }, () => ++number);
            const report = await (await host.post('siebel_nissan', payload(numbers), { token: hosts === 1 ? token : host.token() })).json();
            assert.equal(report.accepted, leadsATurn, JSON.stringify(report));
            const leitung = await host.signIn('leitung');
            for (const { lead } of report.items) {
              const assigned = await leitung.act('leads.lead', 'assign', { id: lead, version: (await leitung.lead(lead)).version, user: 'verkauf1' });
              assert.equal(assigned.http, 200, JSON.stringify(assigned));
              if (random() < 0.5) {
                await leitung.act('leads.lead', 'progress', { id: lead, version: assigned.version, state: 'in_progress' });
              }
            }
            await sleep(random() * 150);
            const victim = all[hosts === 1 ? 0 : Math.floor(random() * hosts)];
            await victim.end('SIGKILL');
            await victim.serve();
          }
          // What is left goes: leases end by themselves, pauses are cut short by an admin.
          const admin = await all[0].signIn('admin');
          const done = await eventually('every message is acknowledged', async () => {
            const log = Client.block(await admin.screen('leads.feedback_log', { status: 'waiting', q: 'KILL-' }), 'messages');
            for (const row of log.rows) {
              if (/Versuch/.test(JSON.stringify(row.cells.state))) await admin.act('leads.feedback_log', 'resend', { message: row.id });
            }
            const now = await standing(admin);
            return now.open.length === 0 ? now : false;
          }, 150);
          const got = received(receiver);
          assert.equal(got.size, kills * leadsATurn, 'no lead is missing');
          let messages = 0;
          for (const [lead, ids] of done.byLead) {
            assert.deepEqual(got.get(lead), ids, `${lead}: all of them, in order`);
            messages += ids.length;
          }
          const posts = receiver.messages.map(readFeedback).filter((one) => one.id.startsWith('KILL-')).length;
          console.log(`${database.name}, ${hosts} host(s): ${kills} kills, ${got.size} leads, ${messages} messages, `
            + `${posts} posts of them (${posts - messages} repeats), none missing, none out of order`);
        } finally {
          for (const host of all) await host.remove();
          await receiver.stop();
        }
      });
    });
  }
}
