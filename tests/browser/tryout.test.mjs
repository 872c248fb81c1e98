// An admin tries out a payload and makes a definition of his own: on a desk and a phone, without JavaScript, read by axe.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { faults } from './axe.mjs';
import { Client, Host, artefacts } from './host.mjs';
import { launch, signedIn as inBrowser } from './people.mjs';

const signedIn = (browser, host, user, how = {}) => inBrowser(browser, host, user, { bypassCSP: true, ...how });
const form = (id) => JSON.stringify({ id, vorname: 'Eva', nachname: 'Moser', rueckruf: '0664 5550142', schuhgroesse: 38 });

/** axe needs scripts: it reads the same page in a window of its own. */
async function accessible(page, name) {
  const context = await page.context().browser().newContext({ viewport: page.viewportSize(), bypassCSP: true, storageState: await page.context().storageState() });
  const read = await context.newPage();
  await read.goto(page.url());
  assert.deepEqual(await faults(read), [], name);
  await context.close();
}

describe('a source is tried out and gets a definition of one\'s own', () => {
  let host, browser, page;
  const address = (screen, rest = '') => `${host.url}/screens/${screen}${rest}`;
  const picture = (name) => page.screenshot({ path: join(artefacts, `${name}.png`), fullPage: true });
  const send = async (id) => {
    const answer = await host.post('web_json', form(id), { type: 'application/json' });
    assert.equal(answer.status, 200);
    return answer.json();
  };
  const dialog = () => page.locator('[popover]:popover-open');

  before(async () => {
    host = await Host.start();
    browser = await launch();
    page = await signedIn(browser, host, 'admin');
  });
  after(async () => {
    await browser?.close();
    await host?.remove();
  });

  test('from the sources, a pasted payload is told field by field', async () => {
    await page.goto(address('leads.settings', '?tab=sources'));
    await picture('tryout_sources_de');
    await page.locator('tr[data-id=web_json], tr', { hasText: 'web_json' }).first().getByRole('link', { name: 'Ausprobieren' }).click();
    await page.getByRole('textbox', { name: 'Meldung' }).fill(form('w-1'));
    await page.getByRole('button', { name: 'Ausprobieren' }).click();
    const said = await page.locator('main, body').first().innerText();
    assert.match(said, /Datensatz 1 kann kein Lead werden/);
    assert.match(said, /\/vorname/);
    assert.match(said, /rueckruf/);
    await picture('tryout_result_de');
    // Nothing came in, and the address holds nothing of it.
    assert.doesNotMatch(page.url(), /Moser/);
  });

  test('a payload in quarantine is tried out from the log', async () => {
    assert.equal((await send('w-2')).quarantined, 1);
    await page.goto(address('leads.intake_log', '?source=web_json'));
    await page.locator('table.leads tbody tr').first().getByRole('link').first().click();
    await page.getByRole('link', { name: 'Ausprobieren' }).click();
    assert.match(await page.locator('body').innerText(), /Übrig in Datensatz 1/);
    await picture('tryout_log_de');
    await accessible(page, 'tryout of the log');
  });

  test('a definition of one\'s own is made, with its mistakes told, and reads at once', async () => {
    await page.goto(address('leads.source_definition'));
    await accessible(page, 'definitions');
    await page.goto(address('leads.source_definition', '?base=web_json'));
    await page.getByRole('button', { name: 'Eigene Definition anlegen' }).click();
    await dialog().getByRole('button', { name: 'Anlegen' }).click();
    await page.goto(address('leads.source_definition', '?source=web_json'));
    const text = page.getByLabel('Definition', { exact: true });
    const shipped = await text.inputValue();
    // mistakes: all at once, and what was written stays
    await text.fill(shipped.replace('zone "Europe/Vienna"', 'zone "Europe/Wien"').replace('  number "/phone"\n', '  nummer "/rueckruf"\n'));
    await page.getByRole('button', { name: 'Als neue Version speichern' }).click();
    const refused = await page.locator('body').innerText();
    assert.match(refused, /Die Definition hat 2 Fehler und wurde nicht gespeichert/);
    assert.match(refused, /Zeile \d+: Unbekannte Zeitzone „Europe\/Wien“/);
    assert.match(refused, /Zeile \d+: Unbekannter Schlüssel „nummer“ in „phone“/);
    assert.match(await text.inputValue(), /Europe\/Wien/);
    await picture('definition_mistakes_de');
    // right
    await text.fill(shipped.replace('  number "/phone"\n', '  number "/rueckruf"\n  number "/phone"\n'));
    await page.getByLabel('Was geändert ist').fill('Rückrufnummer der Clubformulare');
    await page.getByRole('button', { name: 'Als neue Version speichern' }).click();
    assert.match(await page.locator('body').innerText(), /Version 2 ist gespeichert/);
    await picture('definition_versions_de');
    await accessible(page, 'definition');
    await page.getByRole('link', { name: 'zu Version 1' }).click();
    assert.match(await page.locator('pre.code').innerText(), /\+ {3}number "\/rueckruf"/);
    await picture('definition_difference_de');
    assert.equal((await send('w-3')).quarantined, 1, 'a draft reads nothing');
    await page.goto(address('leads.source_definition', '?source=web_json'));
    await page.getByRole('button', { name: 'Aktivieren' }).first().click();
    await dialog().getByRole('button', { name: 'Aktivieren' }).click();
    assert.match(await page.locator('body').innerText(), /Version 2 liest/);
    assert.equal((await send('w-4')).accepted, 1);
    // the settings say so
    await page.goto(address('leads.settings', '?tab=sources'));
    assert.match(await page.locator('body').innerText(), /angepasst, Version 2/);
  });

  test('the way back', async () => {
    await page.goto(address('leads.source_definition', '?source=web_json'));
    await page.getByRole('button', { name: 'Zurück zur mitgelieferten' }).click();
    await dialog().getByRole('button', { name: 'Zurück zur mitgelieferten' }).click();
    assert.equal((await send('w-5')).quarantined, 1);
  });

  test('as a file', async () => {
    const admin = new Client(host.url);
    await admin.signIn('admin', 'demo');
    const file = await admin.get('/screens/leads.source_definition/export.txt?source=web_json&version=2');
    assert.equal(file.status, 200);
    assert.match(file.headers.get('content-disposition'), /web_json\.info/);
    assert.match(await file.text(), /rueckruf/);
  });

  test('on a phone', async () => {
    const phone = await signedIn(browser, host, 'admin', { viewport: { width: 390, height: 844 }, javaScriptEnabled: true });
    await phone.goto(address('leads.source_tryout', '?definition=web_json'));
    await phone.getByRole('textbox', { name: 'Meldung' }).fill(form('w-6'));
    await phone.getByRole('button', { name: 'Ausprobieren' }).click();
    await phone.screenshot({ path: join(artefacts, 'tryout_result_phone_de.png'), fullPage: true });
    assert.ok((await phone.evaluate(() => document.documentElement.scrollWidth)) <= 390, 'nothing stands beside the page');
    assert.deepEqual(await faults(phone), [], 'tryout on a phone');
    await phone.goto(address('leads.source_definition', '?source=web_json'));
    await phone.screenshot({ path: join(artefacts, 'definition_phone_de.png'), fullPage: true });
    assert.ok((await phone.evaluate(() => document.documentElement.scrollWidth)) <= 390, 'nothing stands beside the page');
    assert.deepEqual(await faults(phone), [], 'definition on a phone');
    await phone.context().close();
  });
});
