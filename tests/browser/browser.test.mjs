// The story as people go through it: headless Chromium, no JavaScript needed, screenshots kept as artefacts.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { germanIn, shownTexts } from './catalogues.mjs';
import { Host, artefacts, sample } from './host.mjs';
import { faults } from './axe.mjs';
import { desk, launch, phone, signedIn } from './people.mjs';

describe('in the browser', () => {
  let host, browser, report, long;

  before(async () => {
    host = await Host.start();
    report = await (await host.post('siebel_nissan', sample('siebel_nissan/test_drives_2020-07-22.xml'))).json();
    // Words without an end: they break, and push nothing off the page.
    const words = (count) => 'ABCDEFGHIJ'.repeat(count);
    long = (await (await host.post('siebel_nissan', `<?xml version="1.0"?><SiebelMessage><ListOfNeDealerLead><NeDealerLead><Id>1-${words(6)}</Id>
      <LeadType>Test Drive</LeadType><Created>07/22/2020 07:15:00</Created><DealerCode>AT${words(4)}</DealerCode><Campaign>${words(5)}</Campaign>
      <ListOfContact><Contact><FirstName>Maximiliana-Elisabeth</FirstName><LastName>Wolfeschlegel${words(3)}</LastName>
      <EmailAddress>${words(5)}@example.at</EmailAddress></Contact></ListOfContact></NeDealerLead></ListOfNeDealerLead></SiebelMessage>`)).json()).items[0].lead;
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await host?.remove();
  });

  const lead = (number) => report.items.find((item) => item.external_id === `1-7QX2K1-${number}`).lead;

  async function person(user, how = {}) {
    const page = await signedIn(browser, host, user, { bypassCSP: true, deviceScaleFactor: how.viewport === phone ? 2 : 1, ...how });
    assert.equal((await page.getAttribute('html', 'lang')).slice(0, 2), (how.locale ?? 'de-AT').slice(0, 2));
    return page;
  }

  const picture = (page, name) => page.screenshot({ path: join(artefacts, `${name}.png`), fullPage: true });

  test('sign-in: a wrong password is told calmly, the right one opens the overview', async () => {
    const context = await browser.newContext({ viewport: desk, locale: 'de-AT', javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${host.url}/screens/leads.overview`);
    await picture(page, 'sign_in');
    await page.fill('input[name=user]', 'leitung');
    await page.fill('input[name=password]', 'falsch');
    await page.click('button[type=submit]');
    assert.ok(await page.getByRole('alert').isVisible());
    await page.fill('input[name=user]', 'leitung');
    await page.fill('input[name=password]', 'demo');
    await page.click('button[type=submit]');
    await page.waitForURL(/screens/);
    assert.equal(await page.locator('h1').innerText(), 'Lead-Übersicht');
    await picture(page, 'overview_de');
    await context.close();
  });

  test('way one: the manager assigns, the salesperson imports, myKontakte has it', async () => {
    const leitung = await person('leitung');
    await leitung.goto(`${host.url}/screens/leads.lead?id=${lead('001')}`);
    await picture(leitung, 'lead_new_de');
    await leitung.locator('.actions').getByRole('button', { name: 'Zuweisen' }).click();
    await leitung.locator('dialog:popover-open, [popover]:popover-open').locator('input[name=user][value=verkauf1]').check();
    await picture(leitung, 'lead_assign_de');
    await leitung.locator('[popover]:popover-open').getByRole('button', { name: 'Zuweisen' }).click();
    await leitung.getByText('Lukas Steiner').first().waitFor();

    const verkauf = await person('verkauf1');
    await verkauf.goto(`${host.url}/screens/leads.overview?tab=mine`);
    await verkauf.getByRole('link', { name: 'Anna Hübner' }).first().click();
    await picture(verkauf, 'lead_assigned_de');
    await verkauf.locator('#matches').getByRole('button', { name: 'Neu anlegen' }).click();
    await verkauf.getByText('Importiert').first().waitFor();
    await picture(verkauf, 'lead_imported_de');
    await verkauf.goto(`${host.url}/screens/host.contacts`);
    await verkauf.getByText('Anna Hübner').first().waitFor();
    await picture(verkauf, 'contacts_de');
    await verkauf.context().close();
    await leitung.context().close();
  });

  test('two people on one lead: the second is told who was faster', async () => {
    const [leitung, graz] = [await person('leitung'), await person('graz1')];
    for (const page of [leitung, graz]) await page.goto(`${host.url}/screens/leads.lead?id=${lead('002')}`);
    const assign = async (page, user) => {
      await page.locator('.actions').getByRole('button', { name: 'Zuweisen' }).click();
      const dialog = page.locator('[popover]:popover-open');
      await dialog.locator(`input[name=user][value=${user}]`).check();
      await dialog.getByRole('button', { name: 'Zuweisen' }).click();
    };
    await assign(graz, 'verkauf2');
    await assign(leitung, 'verkauf3');
    await leitung.getByText('Petra Kogler').first().waitFor();
    await leitung.getByText('nicht gespeichert').first().waitFor();
    await picture(leitung, 'conflict_de');
    await Promise.all([leitung, graz].map((page) => page.context().close()));
  });

  test('way two: closed directly in the overview with a reason, several at once', async () => {
    const page = await person('leitung');
    await page.goto(`${host.url}/screens/leads.overview?tab=unassigned`);
    const boxes = page.locator('tbody input[type=checkbox]');
    await boxes.nth(0).check();
    await boxes.nth(1).check();
    await picture(page, 'bulk_de');
    await page.locator('.bulk').getByRole('button', { name: 'Schließen', exact: true }).click();
    await picture(page, 'bulk_reasons_de');
    await page.locator('.choice-menu:popover-open').getByRole('button', { name: 'Nicht erreicht' }).click();
    await page.getByText(/2 Leads/).first().waitFor();
    await picture(page, 'bulk_done_de');
    await page.context().close();
  });

  test('a lead that one may not see is a page like any other that does not exist', async () => {
    const page = await person('verkauf3');
    const hidden = await page.goto(`${host.url}/screens/leads.lead?id=${lead('003')}`);
    assert.equal(hidden.status(), 404);
    await picture(page, 'not_found_de');
    await page.context().close();
  });

  test('the admin grants in the matrix, and is refused the last ALLE with the reason', async () => {
    const page = await person('admin');
    await page.goto(`${host.url}/screens/leads.settings`);
    await picture(page, 'settings_de');
    await page.goto(`${host.url}/screens/leads.settings?cell=leitung:category:siebel_nissan`);
    await picture(page, 'settings_editor_de');
    const editor = page.locator('.editor');
    await editor.getByLabel(/Keine/).check();
    await editor.getByRole('button', { name: 'Speichern' }).click();
    await page.getByText(/ALLE/).first().waitFor();
    await picture(page, 'settings_refused_de');
    assert.match(await page.locator('.notice').first().innerText(), /ALLE/);
    await page.context().close();
  });

  test('the admin switches the plugin off and on again', async () => {
    const page = await person('admin');
    await page.goto(`${host.url}/screens/host.plugins`);
    await picture(page, 'plugins_de');
    await page.getByRole('button', { name: /Deaktivieren/ }).first().click();
    const sure = page.locator('[popover]:popover-open').getByRole('button', { name: /Deaktivieren/ });
    if (await sure.count()) await sure.click();
    await page.getByRole('button', { name: /Aktivieren/ }).first().waitFor();
    assert.equal(await page.locator('.subnav a', { hasText: 'Lead-Übersicht' }).count(), 0);
    await picture(page, 'plugins_disabled_de');
    await page.getByRole('button', { name: /Aktivieren/ }).first().click();
    await page.getByText('ist aktiviert').waitFor();
    assert.equal(await page.locator('.subnav a', { hasText: 'Lead-Übersicht' }).count(), 1);
    await page.context().close();
  });

  test('a picture that the help does not have is not found, and none is for strangers', async () => {
    const page = await person('verkauf1');
    const get = async (query) => (await page.request.get(`${host.url}/screens/leads.help/export.png${query}`, { maxRedirects: 0 })).status();
    assert.equal(await get('?name=overview_de'), 200);
    for (const name of ['', 'nothing', '../de/overview', '..%2F..%2Flocale%2Fde', 'overview_de.png']) assert.equal(await get(`?name=${name}`), 404, name);
    assert.equal((await page.request.get(`${host.url}/screens/leads.overview/export.png`)).status(), 404);
    await page.goto(`${host.url}/screens/leads.help?page=settings`);
    assert.equal(await page.locator('.crumb a').getAttribute('href'), '/screens/leads.overview');
    await page.context().close();
    assert.notEqual((await fetch(`${host.url}/screens/leads.help/export.png?name=overview_de`, { redirect: 'manual' })).status, 200);
  });

  for (const [locale, suffix] of [['de-AT', 'de'], ['en-GB', 'en']]) {
    test(`accessible and whole, on a desk and a phone, ${locale}`, async () => {
      for (const [viewport, size] of [[desk, ''], [phone, '_phone']]) {
        const page = await person('admin', { locale, viewport, javaScriptEnabled: true });
        const manager = await person('leitung', { locale, viewport, javaScriptEnabled: true });
        const screens = [
          [manager, 'overview', '/screens/leads.overview?tab=open'], [manager, 'overview_empty', '/screens/leads.overview?q=gibtesnicht'],
          [manager, 'lead', `/screens/leads.lead?id=${lead('001')}`], [manager, 'lead_long', `/screens/leads.lead?id=${long}`], [page, 'settings', '/screens/leads.settings'],
          [page, 'settings_types', '/screens/leads.settings?tab=types'], [page, 'settings_codes', '/screens/leads.settings?tab=codes'],
          [page, 'settings_sources', '/screens/leads.settings?tab=sources'], [page, 'settings_feedback', '/screens/leads.settings?tab=feedback'],
          [page, 'intake_log', '/screens/leads.intake_log'], [page, 'feedback_log', '/screens/leads.feedback_log'],
          [page, 'help', '/screens/leads.help'], [manager, 'evaluation', '/screens/leads.evaluation'], [page, 'plugins', '/screens/host.plugins'], [page, 'users', '/screens/host.users'],
          [page, 'locations', '/screens/host.locations'], [page, 'audit', '/screens/host.audit'], [page, 'tokens', '/screens/host.tokens'],
          [page, 'notifications', '/screens/host.notifications'], [manager, 'contacts', '/screens/host.contacts'],
          [manager, 'customers', '/screens/host.customers'],
        ];
        for (const [who, name, path] of screens) {
          const answer = await who.goto(host.url + path);
          assert.equal(answer.status(), 200, `${name} ${size}`);
          await picture(who, `${name}${size}_${suffix}`);
          if (suffix === 'en') assert.deepEqual(germanIn(await who.evaluate(shownTexts)), [], `${name}${size} is all English`);
          assert.deepEqual(await faults(who), [], `${name}${size}_${suffix}`);
        }
        await Promise.all([page, manager].map((one) => one.context().close()));
      }
    });

    test(`every help page with its pictures, on a desk and a phone, ${locale}`, async () => {
      for (const [viewport, size] of [[desk, ''], [phone, '_phone']]) {
        const page = await person('admin', { locale, viewport, javaScriptEnabled: true });
        await page.goto(`${host.url}/screens/leads.help`);
        const names = await page.locator('.tabs a').evaluateAll((links) => links.map((link) => link.dataset.tab));
        assert.ok(names.length >= 12, `${names}`);
        for (const name of names) {
          const what = `help_${name}${size}_${suffix}`;
          await page.goto(`${host.url}/screens/leads.help?page=${name}`);
          // A picture far down comes only when somebody goes there: the room for it is there before.
          const images = await page.locator('.prose img').evaluateAll((all) => Promise.all(all.map(async (image) => {
            const room = image.getBoundingClientRect();
            image.loading = 'eager';
            await image.decode().catch(() => {});
            const shown = image.getBoundingClientRect();
            return { address: image.getAttribute('src'), words: image.alt, natural: image.naturalWidth, width: shown.width,
              text: image.closest('.prose').getBoundingClientRect().width, moved: Math.abs(shown.height - room.height) };
          })));
          assert.ok(images.length > 0, `${what} has a picture`);
          for (const image of images) {
            assert.ok(image.natural > 0, `${what}: ${image.address} is there`);
            assert.match(image.address, new RegExp(`_${suffix}$`), what);
            assert.ok(image.words.length > 3, what);
            assert.ok(image.width <= image.text + 0.5 && image.moved < 1, `${what}: ${JSON.stringify(image)}`);
          }
          assert.equal(await page.locator('.crumb a').count(), 1, `${what} leads back`);
          if (suffix === 'en') assert.deepEqual(germanIn(await page.evaluate(shownTexts)), [], `${what} is all English`);
          assert.deepEqual(await faults(page), [], what);
          await picture(page, what);
        }
        await page.context().close();
      }
    });
  }
});
