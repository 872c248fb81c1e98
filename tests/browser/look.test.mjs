// Nothing bursts, breaks, jumps or gets lost: lists at the widths that people have, the keyboard in filters and dialogs,
// the search of the bar, and what an administrator changes in the host.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Host, artefacts, oneLead } from './host.mjs';
import { launch, phone, signedIn } from './people.mjs';

describe('how it looks and holds', () => {
  let host, browser;

  before(async () => {
    host = await Host.start();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await host?.remove();
  });

  const person = (user, how = {}) => signedIn(browser, host, user, { javaScriptEnabled: true, ...how });
  const picture = (page, name) => page.screenshot({ path: join(artefacts, `look_${name}.png`) });
  const active = (page) => page.evaluate(() => ({ name: document.activeElement.name ?? '', id: document.activeElement.id, tag: document.activeElement.localName, text: document.activeElement.textContent.trim().slice(0, 40) }));
  const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  const act = async (program, id, action, input = {}) => {
    const version = String((await program.lead(id)).version);
    const made = await program.act('leads.lead', action, { id: String(id), version, ...input });
    assert.equal(made.http, 200, JSON.stringify(made));
  };

  test('a list with a date range and a long saved filter fits at every width', async () => {
    const program = await host.signIn('leitung');
    const saved = await program.act('leads.overview', 'save_filter', { name: 'Nicht zugewiesene Probefahrten in Wien und Graz, alle', query: 'tab=open&from=2020-01-01&to=2031-01-01' });
    assert.equal(saved.http, 200);
    for (const width of [1920, 1366, 1280, 1024, 390]) {
      const page = await person('leitung', { viewport: { width, height: 900 } });
      await page.goto(`${host.url}/screens/leads.overview?tab=open&from=2020-01-01&to=2031-01-01`);
      assert.equal(await sideways(page), 0, `nothing sticks out at ${width}`);
      const fields = await page.locator('.filters .fld:visible, .filters button:visible').evaluateAll((all) => all.map((one) => ({ width: one.getBoundingClientRect().width, right: one.getBoundingClientRect().right, height: one.getBoundingClientRect().height })));
      for (const field of fields) {
        assert.ok(field.width >= 70 && field.right <= width && field.height <= 46, `${width}: ${JSON.stringify(field)}`);
      }
      if (width === 1280) await picture(page, 'range_1280_de');
      if (width >= 768) {
        // and: the menu of the saved ones opens at its button
        await page.locator('button.saved').click();
        const gap = await page.evaluate(() => document.querySelector('#saved-filters').getBoundingClientRect().top - document.querySelector('button.saved').getBoundingClientRect().bottom);
        assert.ok(Math.abs(gap) < 12, `${width}: ${gap}`);
      }
      await page.context().close();
    }
  });

  test('in the strip of a lead no word, number or date is broken, at any width of a desk', async () => {
    const program = await host.signIn('leitung');
    const ids = [];
    for (const state of ['appointment', 'lost', 'in_progress', 'offer', 'won']) {
      const rows = (await program.leads({ state, limit: '50' })).slice(0, 2);
      ids.push(...rows.map((row) => row.id));
    }
    assert.ok(ids.length >= 6);
    for (const width of [1280, 1366, 1920]) {
      const page = await person('leitung', { viewport: { width, height: 900 } });
      for (const id of ids) {
        await page.goto(`${host.url}/screens/leads.lead?id=${id}`);
        const broken = await page.locator('#lead dd > span, #lead dt').evaluateAll((all) => all.filter((one) => one.getClientRects().length > 1 || one.getBoundingClientRect().height > 24).map((one) => one.textContent));
        assert.deepEqual(broken, [], `lead ${id} at ${width}`);
        assert.equal(await page.locator('#lead').evaluate((one) => one.scrollWidth - one.clientWidth), 0, `lead ${id} at ${width}`);
      }
      if (width === 1280) await picture(page, 'strip_1280_de');
      await page.context().close();
    }
  });

  test('filters wait for whoever uses the keys, and the focus is there afterwards', async () => {
    const page = await person('leitung');
    const list = `${host.url}/screens/leads.overview?tab=open&from=2020-01-01&to=2031-01-01`;
    await page.goto(list);
    // when: the arrow keys go through the types
    await page.locator('.filters select[name=type]').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    assert.equal(page.url(), list, 'nothing is sent yet');
    const wanted = await page.locator('.filters select[name=type]').inputValue();
    assert.notEqual(wanted, '');
    await page.keyboard.press('Enter');
    // then
    await page.waitForURL(new RegExp(`type=${wanted}`));
    assert.equal((await active(page)).name, 'type');
    // when: a date is typed
    const before = page.url();
    await page.locator('.filters input[name=from]').focus();
    await page.keyboard.type('07222020');
    assert.equal(page.url(), before, 'half a date is no date');
    await page.keyboard.press('Enter');
    await page.waitForURL(/from=2020-07-22/);
    assert.equal((await active(page)).name, 'from');
    // and: who points and chooses need not press anything
    await page.locator('.filters select[name=location]').dispatchEvent('pointerdown');
    await page.locator('.filters select[name=location]').selectOption('wien');
    await page.waitForURL(/location=wien/);
    await page.context().close();
  });

  test('a dialog holds the keyboard, never offers what destroys, and gives the focus back', async () => {
    const page = await person('admin');
    await page.goto(`${host.url}/screens/host.locations`);
    const close = page.locator('#locations tr', { hasText: 'Linz' }).getByRole('button', { name: 'Schließen' });
    await close.click();
    const dialog = page.locator('.dialog:popover-open');
    await dialog.waitFor();
    assert.equal(await dialog.getAttribute('aria-modal'), 'true');
    assert.equal(await page.evaluate(() => document.activeElement.matches('.btn-danger')), false);
    for (let times = 0; times < 12; ++times) {
      await page.keyboard.press('Tab');
      const inside = await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest('.dialog:popover-open') !== null);
      assert.ok(inside, `Tab ${times} stays in the dialog`);
    }
    await page.keyboard.press('Escape');
    assert.equal((await active(page)).text, 'Schließen');
    // and: after it did something the focus is where one was
    const change = page.locator('#locations tr', { hasText: 'Linz' }).getByRole('button', { name: 'Ändern' });
    await change.click();
    await dialog.locator('input[name=street]').fill('Wiener Straße 213');
    await dialog.getByRole('button', { name: 'Speichern' }).click();
    await page.getByText('Linz ist gespeichert.').waitFor();
    const focused = await page.evaluate(() => ({ text: document.activeElement.textContent.trim(), row: document.activeElement.closest('tr')?.textContent, described: document.activeElement.getAttribute('aria-describedby') }));
    assert.equal(focused.text, 'Ändern');
    assert.match(focused.row, /Linz/);
    assert.equal(focused.described, 'result');
    await page.context().close();
  });

  test('the search of the bar finds a closed lead by the last digits of its phone, from every page', async () => {
    // given: a lead with a phone, closed
    const program = await host.signIn('leitung');
    const made = await (await host.post('siebel_nissan', oneLead({ id: '9-PHONE-1', last: 'Anrufer', more: '' }).replace('</EmailAddress>', '</EmailAddress><CellularPhone>+43 664 7654321</CellularPhone>'))).json();
    const id = made.items[0].lead;
    await act(program, id, 'close', { reason: 'no_interest' });
    const page = await person('leitung');
    for (const from of ['/screens/host.contacts', '/screens/leads.evaluation', '/screens/host.customers']) {
      await page.goto(host.url + from);
      await page.locator('.frame-search input').fill('7654321');
      await page.keyboard.press('Enter');
      await page.waitForURL(/leads\.overview\?q=7654321/);
      assert.deepEqual(await page.locator('#leads tbody tr').evaluateAll((rows) => rows.map((row) => row.dataset.id)), [String(id)]);
    }
    // and: by the last four as well, in any spelling
    for (const words of ['4321', '765 43 21', '0664/7654321']) {
      assert.ok((await program.leads({ q: words })).some((row) => row.id === String(id)), words);
    }
    // and: in the view of the open ones one learns where he is
    await page.goto(`${host.url}/screens/leads.overview?tab=open&q=7654321`);
    await picture(page, 'found_closed_de');
    await page.getByRole('link', { name: '1 Lead in „Alle“ anzeigen' }).click();
    await page.waitForURL(/tab=all/);
    assert.equal(await page.locator('#leads tbody tr').count(), 1);
    // and: without script
    const plain = await signedIn(browser, host, 'leitung');
    await plain.goto(`${host.url}/search?q=7654321`);
    assert.match(plain.url(), /leads\.overview\?q=7654321/);
    await Promise.all([page, plain].map((one) => one.context().close()));
  });

  test('the tabs count what the filter lets pass', async () => {
    const page = await person('leitung');
    const program = await host.signIn('leitung');
    for (const filter of ['location=graz', 'q=wien', 'type=siebel_nissan&location=wien']) {
      await page.goto(`${host.url}/screens/leads.overview?tab=open&${filter}`);
      const shown = await page.locator('.tabs a').evaluateAll((tabs) => Object.fromEntries(tabs.map((tab) => [tab.dataset.tab, Number(tab.querySelector('.count').textContent.replace(/\D/g, ''))])));
      for (const tab of ['open', 'unassigned', 'overdue', 'all']) {
        const rows = await program.leads({ tab, ...Object.fromEntries(new URLSearchParams(filter)) });
        assert.equal(shown[tab], rows.length, `${tab} under ${filter}`);
      }
    }
    await page.context().close();
  });

  test('an administrator begins where there is something to do, and no number leads him to nothing', async () => {
    const page = await person('admin');
    assert.match(page.url(), /leads\.settings/);
    const numbers = await page.locator('main a.n').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    for (const href of numbers.filter((one) => one.includes('leads.overview'))) {
      await page.goto(new URL(href, host.url).toString());
      assert.ok(await page.locator('#leads tbody tr').count() > 0, href);
    }
    await page.goto(`${host.url}/screens/leads.overview?tab=open`);
    assert.match(await page.locator('.empty').innerText(), /Sie haben keine Leads-Berechtigung/);
    await page.context().close();
  });

  test('a ticked location is a right, also without script; what happened is said', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const page = await signedIn(browser, host, 'admin', { javaScriptEnabled });
      const subject = javaScriptEnabled ? 'type:quote_request' : 'type:pre_order';
      await page.goto(`${host.url}/screens/leads.settings?tab=rights&cell=graz1:${subject}`);
      await page.locator('.editor input[value=graz]').check();
      await page.locator('.editor').getByRole('button', { name: 'Speichern' }).click();
      await page.locator('#result').waitFor();
      assert.match(await page.locator('#result').innerText(), /Gespeichert: Petra Kogler, .*: Graz\./);
      assert.match(await page.locator('#rights tr[data-id=graz1]').innerText(), /Graz/);
      await page.context().close();
    }
  });

  test('users and locations are changed in the host, and the last administrator stays one', async () => {
    const page = await person('admin');
    const dialog = page.locator('.dialog:popover-open, .dialog.again');
    // a user
    await page.goto(`${host.url}/screens/host.users`);
    await page.locator('#users tr', { hasText: 'verkauf3' }).getByRole('button', { name: 'Ändern' }).click();
    await picture(page, 'change_user_de');
    await dialog.locator('input[name=name]').fill('Michael Wagner-Huber');
    await dialog.locator('input[name=email]').fill('falsch');
    await dialog.getByRole('button', { name: 'Speichern' }).click();
    await page.getByText('Das ist keine E-Mail-Adresse.').waitFor();
    await dialog.locator('input[name=email]').fill('wagner@tauernblick.example');
    await dialog.locator('input[name=locations][value=graz]').check();
    await dialog.getByRole('button', { name: 'Speichern' }).click();
    await page.getByText('Michael Wagner-Huber ist gespeichert.').waitFor();
    assert.match(await page.locator('#users tr', { hasText: 'verkauf3' }).innerText(), /wagner@tauernblick\.example[\s\S]*Graz/);
    // the last administrator
    await page.locator('#users tr', { hasText: 'admin' }).first().getByRole('button', { name: 'Ändern' }).click();
    await dialog.locator('input[name=roles][value=admin]').uncheck();
    await dialog.locator('input[name=roles][value=office]').check();
    await dialog.getByRole('button', { name: 'Speichern' }).click();
    await page.locator('#result, .dialog.again .field-error').first().waitFor();
    assert.match(await page.locator('#users tr', { hasText: 'admin@' }).innerText(), /Administrat/);
    // a location, new and changed
    await page.goto(`${host.url}/screens/host.locations`);
    await page.getByRole('button', { name: 'Standort anlegen' }).click();
    await dialog.locator('input[name=name]').fill('Villach');
    await dialog.locator('input[name=location]').fill('villach');
    await dialog.locator('input[name=hours]').fill('immer');
    await dialog.getByRole('button', { name: 'Anlegen' }).click();
    await page.getByText('Öffnungszeiten schreiben Sie so').first().waitFor();
    await picture(page, 'add_location_de');
    await dialog.locator('input[name=hours]').fill('Mo–Fr 8–17, Sa 9–12');
    await dialog.locator('select[name=region]').selectOption('AT-2');
    await dialog.getByRole('button', { name: 'Anlegen' }).click();
    await page.getByText('Villach ist angelegt.').waitFor();
    assert.match(await page.locator('#locations tr', { hasText: 'Villach' }).innerText(), /Mo–Fr 08:00–17:00, Sa 09:00–12:00[\s\S]*Kärnten/);
    // and: who did it stands in the log, in words
    await page.goto(`${host.url}/screens/host.audit`);
    const log = await page.locator('#audit').innerText();
    assert.match(log, /Standort angelegt|Location/);
    assert.match(log, /Benutzer geändert/);
    assert.doesNotMatch(log, /Etwas getan|leads\.lead|screen\.action/);
    await picture(page, 'audit_de');
    await page.context().close();
  });

  test('a token is renamed and revoked, and never shown', async () => {
    const token = host.token();
    const page = await person('admin');
    await page.goto(`${host.url}/screens/host.tokens`);
    assert.ok(!(await page.content()).includes(token));
    const dialog = page.locator('.dialog:popover-open');
    const made = host.run(['intake', 'token', 'add', 'web_json', '--label', 'Webseite alt']);
    assert.equal(made.status, 0, made.stderr);
    await page.reload();
    const row = page.locator('#tokens tr', { hasText: 'Webseite alt' });
    await row.getByRole('button', { name: 'Ändern' }).click();
    await dialog.locator('input[name=label]').fill('Webseite neu');
    await dialog.getByRole('button', { name: 'Speichern' }).click();
    await page.getByText('Webseite neu ist gespeichert.').waitFor();
    await page.locator('#tokens tr', { hasText: 'Webseite neu' }).getByRole('button', { name: 'Widerrufen' }).click();
    await dialog.getByRole('button', { name: 'Widerrufen' }).click();
    await page.getByText('Der Token ist widerrufen.').waitFor();
    const secret = made.stdout.trim().split(/\s+/).pop();
    assert.equal((await host.post('web_json', '{}', { token: secret, type: 'application/json' })).status, 401);
    await page.context().close();
  });

  test('an administrator hands a payload in on the page of the import log', async () => {
    const page = await person('admin');
    await page.goto(`${host.url}/screens/leads.intake_log`);
    assert.equal(await sideways(page), 0);
    await page.getByRole('button', { name: 'Datei einliefern' }).click();
    const dialog = page.locator('.dialog:popover-open');
    await dialog.locator('select[name=source]').selectOption('siebel_nissan');
    await dialog.locator('input[type=file]').setInputFiles({ name: 'hand.xml', mimeType: 'application/xml', buffer: Buffer.from(oneLead({ id: '9-HAND-1', last: 'Eingeliefert' })) });
    await picture(page, 'deliver_de');
    await dialog.getByRole('button', { name: 'Einliefern' }).click();
    await page.getByText('Eingeliefert: 1 angenommen, 0 wiederholt, 0 im alten System, 0 zurückgestellt.').waitFor();
    assert.match(await page.locator('#runs tbody tr').first().innerText(), /hand\.xml/);
    // and: nobody else can
    const leitung = await host.signIn('leitung');
    assert.equal((await leitung.act('leads.intake_log', 'deliver', { source: 'siebel_nissan', file: 'PGE+' })).http, 404);
    assert.equal((await leitung.leads({ q: 'Eingeliefert' })).length, 1);
    await page.context().close();
  });

  test('on a phone the lists of the administration say what their numbers are', async () => {
    const page = await person('admin', { viewport: phone });
    for (const screen of ['leads.intake_log', 'leads.feedback_log', 'host.customers', 'leads.settings', 'host.users', 'host.locations']) {
      await page.goto(`${host.url}/screens/${screen}`);
      assert.equal(await sideways(page), 0, screen);
    }
    await page.goto(`${host.url}/screens/leads.intake_log`);
    const before = await page.locator('#runs tbody td.num').first().evaluate((one) => getComputedStyle(one, '::before').content);
    assert.match(before, /Angenommen/);
    await picture(page, 'intake_phone_de');
    await page.context().close();
  });
});
