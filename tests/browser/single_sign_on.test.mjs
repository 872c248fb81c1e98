// Signing in where the dealership's people sign in already: a real OpenID provider, the host, and a browser between them.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { writeFileSync } from 'node:fs';
import Provider from 'oidc-provider';
import { Host, artefacts, freePort } from './host.mjs';
import { desk, launch } from './people.mjs';

describe('single sign-on', () => {
  let host, browser, provider, issuer;
  const client = { id: 'dms', secret: 'a secret of the dealership' };
  // What the provider says of whoever signs in there; a test may change it.
  const people = {
    anna: { name: 'Anna Leitner', preferred_username: 'anna.leitner', email: 'anna@example.at', email_verified: true,
      groups: ['dms-sellers', 'choir'], sites: ['wien', 'atlantis'] },
    boss: { name: 'Sabine Hofer', preferred_username: 'leitung', email: 'somebody@example.com', email_verified: true, groups: ['dms-sellers'] },
    guest: { name: 'Gast', preferred_username: 'gast', email: 'gast@example.at', email_verified: true, groups: ['choir'] },
  };

  before(async () => {
    host = await Host.start();
    await host.end();
    const port = await freePort();
    issuer = `http://127.0.0.1:${port}`;
    const secretFile = join(host.directory, 'secret');
    writeFileSync(secretFile, client.secret + '\n', { mode: 0o600 });
    await host.serve((_, command) => [...command, '--openid-issuer', issuer, '--openid-client', client.id,
      '--openid-secret-file', secretFile, '--openid-name', 'Tauernblick-Konto', '--openid-scopes', 'openid profile email dms',
      '--openid-roles-claim', 'groups', '--openid-locations-claim', 'sites', '--openid-role', 'dms-sellers=sales',
      '--openid-role', 'dms-bosses=manager']);
    const oidc = new Provider(issuer, {
      clients: [{ client_id: client.id, client_secret: client.secret,
        redirect_uris: [`${host.url}/login/openid/back`], response_types: ['code'], grant_types: ['authorization_code'] }],
      pkce: { required: () => true },
      claims: { openid: ['sub'], profile: ['name', 'preferred_username'], email: ['email', 'email_verified'], dms: ['groups', 'sites'] },
      scopes: ['openid', 'profile', 'email', 'dms'],
      findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
      cookies: { keys: ['of this test'] },
    });
    provider = createServer(oidc.callback());
    await new Promise((done) => provider.listen(port, '127.0.0.1', done));
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    provider?.closeAllConnections();
    await new Promise((done) => provider?.close(done));
    await host?.remove();
  });

  /** From the sign-in page of the host to the provider's, and back. */
  async function signIn(who, { path = '/', context } = {}) {
    context ??= await browser.newContext({ viewport: desk, locale: 'de-AT' });
    const page = await context.newPage();
    await page.goto(host.url + path);
    await page.getByRole('link', { name: 'Anmelden mit Tauernblick-Konto' }).click();
    await page.waitForURL(`${issuer}/interaction/**`);
    await page.fill('input[name=login]', who);
    await page.fill('input[name=password]', 'whatever');
    await page.getByRole('button', { name: 'Sign-in' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForURL(`${host.url}/**`);
    return page;
  }
  const problem = (page) => page.locator('.login [role=alert]').innerText();
  const users = async () => JSON.stringify(await (await host.signIn('admin')).screen('host.users'));

  test('the button stands beside the password, and whoever comes back is signed in with his roles and locations', async () => {
    const asked = await browser.newPage({ viewport: desk, locale: 'de-AT' });
    await asked.goto(`${host.url}/login`);
    await asked.screenshot({ path: join(artefacts, 'single_sign_on.png') });
    // when
    const page = await signIn('anna', { path: '/screens/host.account' });
    // then: on the page that was asked for
    assert.match(page.url(), /screens\/host\.account/);
    assert.match(await page.locator('body').innerText(), /Anna Leitner/);
    // and: what the provider calls otherwise is ours, what is not known here counts for nothing
    await page.goto(`${host.url}/screens/leads.overview?tab=all`);
    assert.match(await page.locator('body').innerText(), /Wien/);
    assert.match(await users(), /Anna Leitner/);
    assert.doesNotMatch(await users(), /atlantis|choir/);
    await page.context().close();
  });

  test('what changes at the provider counts at the next sign-in, and it is the same person', async () => {
    people.anna.name = 'Anna Berger';
    people.anna.preferred_username = 'anna.berger';
    people.anna.groups = ['dms-bosses'];
    const page = await signIn('anna');
    assert.match(await page.locator('body').innerText(), /Anna Berger/);
    const text = await users();
    assert.ok(text.includes('Anna Berger') && !text.includes('Anna Leitner'), 'one user');
    await page.context().close();
  });

  test('a login that belongs to somebody else here, and an account without a role, are refused with a sentence', async () => {
    const taken = await signIn('boss');
    assert.match(await problem(taken), /gehört hier jemandem mit einer anderen E-Mail-Adresse/);
    await taken.context().close();
    const guest = await signIn('guest');
    assert.match(await problem(guest), /in diesem Haus keine Rolle/);
    await guest.screenshot({ path: join(artefacts, 'single_sign_on_refused.png') });
    await guest.context().close();
  });

  test('whoever did not set out from this browser does not get in', async () => {
    const context = await browser.newContext({ viewport: desk, locale: 'de-AT' });
    const page = await context.newPage();
    await page.goto(`${host.url}/login/openid/back?code=stolen&state=guessed`);
    assert.match(await problem(page), /passt nicht zu Ihrer Anmeldung/);
    // and: a code that the provider never gave
    const sent = await fetch(`${host.url}/login/openid`, { redirect: 'manual' });
    const cookie = sent.headers.getSetCookie().find((one) => one.startsWith('dms_openid=')).split(';')[0];
    const state = new URL(sent.headers.get('location')).searchParams.get('state');
    assert.equal(new URL(sent.headers.get('location')).searchParams.get('code_challenge_method'), 'S256');
    const back = await fetch(`${host.url}/login/openid/back?code=invented&state=${state}`, { redirect: 'manual', headers: { Cookie: cookie } });
    assert.equal(back.status, 403);
    assert.equal(back.headers.getSetCookie().filter((one) => one.startsWith('dms_session=')).length, 0);
    // and: nobody is led to another house
    const away = await fetch(`${host.url}/login/openid?next=//evil.example`, { redirect: 'manual' });
    const kept = away.headers.getSetCookie().find((one) => one.startsWith('dms_openid=')).slice('dms_openid='.length).split(';')[0];
    assert.ok(!Buffer.from(kept, 'base64url').toString().includes('evil'));
    await context.close();
  });

  test('while the provider is away people are told so, and the password still opens', async () => {
    provider.closeAllConnections();
    await new Promise((done) => provider.close(done));
    await host.end();
    await host.serve((_, command) => [...command, '--openid-issuer', issuer, '--openid-client', client.id]);
    const context = await browser.newContext({ viewport: desk, locale: 'de-AT' });
    const page = await context.newPage();
    await page.goto(`${host.url}/login`);
    await page.getByRole('link', { name: /^Anmelden mit OpenID Connect/ }).click();
    assert.match(await problem(page), /Anmeldedienst ist gerade nicht erreichbar/);
    await page.fill('input[name=user]', 'verkauf1');
    await page.fill('input[name=password]', 'demo');
    await page.getByRole('button', { name: 'Anmelden' }).click();
    await page.waitForURL(/screens/);
    await context.close();
  });
});
