// Lead Einstellungen as an admin goes through them: without JavaScript, and read by axe; and with 500 users.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { faults } from './axe.mjs';
import { Client, Host, artefacts, eventually } from './host.mjs';
import { launch, signedIn as inBrowser } from './people.mjs';

const signedIn = (browser, host, user, how = {}) => inBrowser(browser, host, user, { bypassCSP: true, ...how });

/** axe needs scripts: it reads the same address in a window of its own. */
async function accessible(page, name) {
  const context = await page.context().browser().newContext({ viewport: page.viewportSize(), bypassCSP: true, storageState: await page.context().storageState() });
  const read = await context.newPage();
  await read.goto(page.url());
  const found = await faults(read);
  await context.close();
  assert.deepEqual(found, [], name);
}

describe('the settings, without JavaScript', () => {
  let host, browser, page;
  const address = (rest = '') => `${host.url}/screens/leads.settings${rest}`;
  const picture = (name) => page.screenshot({ path: join(artefacts, `${name}.png`), fullPage: true });

  before(async () => {
    host = await Host.start();
    browser = await launch();
    page = await signedIn(browser, host, 'admin');
  });
  after(async () => {
    await browser?.close();
    await host?.remove();
  });

  test('a cell is opened, says what saving would mean, and is saved', async () => {
    await page.goto(address());
    await page.locator('tr[data-id=graz1] td').nth(3).getByRole('link').click();
    const editor = page.locator('form.editor');
    assert.match(await editor.innerText(), /Nach dem Speichern/);
    await picture('settings_cell_de');
    await accessible(page, 'editor');
    await editor.getByLabel('Standorte', { exact: true }).first().check();
    await editor.getByLabel('Graz', { exact: true }).check();
    await editor.getByRole('button', { name: 'Speichern' }).click();
    assert.match(await page.locator('tr[data-id=graz1] td').nth(3).innerText(), /Graz/);
  });

  test('the last ALLE is refused with the leads and the way out', async () => {
    await page.goto(address('?cell=leitung:category:siebel_nissan'));
    await page.locator('form.editor').getByLabel('Keine', { exact: true }).check();
    await page.locator('form.editor').getByRole('button', { name: 'Speichern' }).click();
    const said = await page.getByRole('alert').first().innerText();
    assert.match(said, /Offene Leads „.+“, die niemand sähe: .*(Graz|Linz) \d/);
    assert.match(said, /Geben Sie zuerst jemand anderem ALLE/);
    await picture('settings_refused_sentence_de');
  });

  test('many at once, another\'s rights, and back', async () => {
    await page.goto(address());
    for (const user of ['verkauf1', 'verkauf2']) await page.locator(`tr[data-id=${user}] .tick input`).check();
    await picture('settings_ticked_de');
    await page.locator('.ticking-form select[name$=subject]').selectOption('type:test_drive');
    await page.locator('.ticking-form select[name$=right]').selectOption('own');
    await page.locator('.ticking-form').getByRole('button', { name: 'Setzen' }).click();
    assert.doesNotMatch(await page.locator('tr[data-id=verkauf1] td').nth(2).innerText(), /^–/);
    await page.locator('tr[data-id=verkauf3] .tick input').check();
    await page.locator('.ticking-form select[name$=from]').selectOption('graz1');
    await page.locator('.ticking-form').getByRole('button', { name: 'Übernehmen' }).click();
    assert.match(await page.locator('tr[data-id=verkauf3] td').nth(2).innerText(), /Graz/);
    // the history takes both back
    await page.goto(address('?tab=history'));
    await accessible(page, 'history');
    await picture('settings_history_de');
    await page.getByRole('button', { name: /Alle \d+ zurücknehmen/ }).nth(1).click();
    await page.locator('[popover]:popover-open').getByRole('button', { name: /zurücknehmen/ }).click();
    await page.goto(address());
    assert.match(await page.locator('tr[data-id=verkauf1] td').nth(2).innerText(), /^–/);
    assert.match(await page.locator('tr[data-id=verkauf3] td').nth(2).innerText(), /Graz/);
  });

  test('what somebody sees is told in numbers and noted in the audit log', async () => {
    await page.goto(address());
    await page.locator('tr[data-id=wien1] th').getByRole('link').click();
    assert.match(await page.locator('#sees').innerText(), /Wien/);
    await accessible(page, 'sees');
    await picture('settings_sees_de');
    await page.goto(`${host.url}/screens/host.audit`);
    assert.match(await page.locator('main').innerText(), /Lead Einstellungen Martin Gruber/);
  });

  test('the red notice stands on every page of an admin, and only there, until it is mended', async () => {
    // given: the host goes its own way while the plugin is off
    assert.equal(host.run(['plugin', 'disable', 'lead_system']).status, 0);
    const admin = await host.signIn('admin');
    await eventually('the plugin is off', async () => (await admin.get('/screens/leads.settings')).status === 404);
    assert.equal((await admin.act('host.users', 'deactivate', { user: 'leitung' })).http, 200);
    // when
    assert.equal(host.run(['plugin', 'enable', 'lead_system']).status, 0);
    // then
    await eventually('the notice', async () => /von niemandem gesehen/.test(await (await admin.get('/screens/host.customers', 'text/html')).text()));
    for (const screen of ['host.users', 'leads.intake_log', 'host.plugins', 'leads.overview']) {
      assert.match(await (await admin.get(`/screens/${screen}`, 'text/html')).text(), /class="standing"/, screen);
    }
    const other = await host.signIn('wien1');
    assert.doesNotMatch(await (await other.get('/screens/leads.overview', 'text/html')).text(), /class="standing"/);
    await page.goto(`${host.url}/screens/host.users`);
    await picture('standing_notice_de');
    await accessible(page, 'standing');
    await page.goto(address());
    await picture('settings_gap_de');
    await accessible(page, 'gap');
    // when: mended
    assert.equal((await admin.act('host.users', 'activate', { user: 'leitung' })).http, 200);
    await eventually('it is gone', async () => !/class="standing"/.test(await (await admin.get('/screens/host.users', 'text/html')).text()));
  });
});

describe('500 users and 20 categories', () => {
  let host, browser;

  before(async () => {
    host = await Host.start();
    await host.end();
    // Straight into the host's own table: 500 passwords hashed one by one would take minutes.
    const added = spawnSync('python3', ['-c', `
import sqlite3, sys
data = sqlite3.connect(sys.argv[1])
password = data.execute("select password from users where id = 'wien1'").fetchone()[0]
for number in range(490):
    place = ['wien', 'graz', 'linz', 'salzburg', 'innsbruck', 'klagenfurt'][number % 6]
    data.execute("insert into users (id, name, email, roles, locations, locale, active, password) values (?, ?, '', ?, ?, 'de-AT', 1, ?)", (f'person{number}', f'Person {number:03}', '["%s"]' % ('manager' if number < 40 else 'sales'), '["%s"]' % place, password))
data.execute("update counters set value = value + 1 where name = 'directory'")
data.commit()
`, join(host.data, 'host.db')], { encoding: 'utf8' });
    assert.equal(added.status, 0, added.stderr);
    const sources = spawnSync('sh', ['-c', `find "$0" -name lead_system.db -printf '%h'`, host.data], { encoding: 'utf8' }).stdout;
    mkdirSync(join(sources, 'sources'), { recursive: true });
    let text = '';
    for (let number = 0; number < 18; number += 1) {
      text += `category marke_${number}\n{\n  title "Marke ${number}"\n}\n`;
      for (const kind of ['probefahrt', 'angebot']) text += `type ${kind}_${number}\n{\n  category marke_${number}\n  title "${kind} ${number}"\n}\n`;
    }
    writeFileSync(join(sources, 'sources', 'lead_types.info'), text);
    await host.serve();
    browser = await launch();
    const admin = await host.signIn('admin');
    const { blocks } = await admin.screen('leads.settings');
    const matrix = Client.block({ blocks }, 'rights');
    assert.ok(matrix.groups.length >= 20, JSON.stringify(matrix.groups.map((one) => one.id)));
    const users = Array.from({ length: 490 }, (_, number) => `person${number}`);
    for (const group of matrix.groups) {
      const set = await admin.act('leads.settings', 'grant_many', { users, category: group.id, scope: 'own' });
      assert.equal(set.http, 200, set.message);
    }
  });
  after(async () => {
    await browser?.close();
    await host?.remove();
  });

  test('each page answers without waiting', async () => {
    const admin = await host.signIn('admin');
    const figures = [];
    for (const rest of ['', '?q=person 04', '?page_from=person100', '?cell=person1:category:finance', '?show=alone', '?tab=sees&user=person1', '?tab=history']) {
      for (const accept of ['application/json', 'text/html']) {
        const times = [];
        for (let round = 0; round < 7; round += 1) {
          const began = performance.now();
          const answer = await admin.get(`/screens/leads.settings${rest}`, accept);
          await answer.text();
          assert.equal(answer.status, 200, rest);
          times.push(performance.now() - began);
        }
        times.sort((one, other) => one - other);
        figures.push(`${Math.round(times[3])} ms ${accept} ${rest}`);
        // Far above what it takes: a test machine is busy, and a debug build slow.
        assert.ok(times[3] < Number(process.env.SETTINGS_MS ?? 1500), figures.at(-1));
      }
    }
    console.log(figures.join('\n'));
  });

  test('pages follow each other without JavaScript, and a search finds the one', async () => {
    const page = await signedIn(browser, host, 'admin');
    await page.goto(`${host.url}/screens/leads.settings`);
    const seen = new Set();
    for (;;) {
      for (const id of await page.locator('.matrix tbody tr[data-id]').evaluateAll((rows) => rows.map((row) => row.dataset.id))) {
        assert.ok(!seen.has(id), `${id} twice`);
        seen.add(id);
      }
      const next = page.locator('.pager a.btn[href]').filter({ hasText: 'Weiter' });
      if (await next.count() === 0) break;
      await Promise.all([page.waitForNavigation(), next.click()]);
    }
    assert.ok(seen.size > 500, `${seen.size}`);
    await page.screenshot({ path: join(artefacts, 'settings_500_de.png'), fullPage: true });
    await page.fill('#content input[name=q]', 'Person 123');
    await page.getByRole('button', { name: 'Anwenden' }).click();
    assert.equal(await page.locator('.matrix tbody tr[data-id]').count(), 1);
  });
});
