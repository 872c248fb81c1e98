// Each way to a manufacturer against a real server: HTTPS with certificates of our own making, SFTP with OpenSSH, a proxy,
// a folder. Set and tried out in the settings as an admin does it.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Client, Host, eventually, oneLead, settleFeedback } from './host.mjs';
import { Proxy, SecureReceiver, SftpServer, makeCertificates } from './tls.mjs';
import { Receiver, readFeedback } from './receiver.mjs';

const source = 'siebel_nissan';

describe('the ways to a manufacturer', () => {
  let host, admin, leitung, certificates;
  const unassigned = [];
  before(async () => {
    host = await Host.start();
    [admin, leitung] = await Promise.all(['admin', 'leitung'].map((user) => host.signIn(user)));
    mkdirSync(join(host.directory, 'keys'));
    certificates = makeCertificates(join(host.directory, 'keys'));
    for (let number = 0; number < 16; ++number) {
      const { items } = await (await host.post(source, oneLead({ id: `TOLD-${number}`, last: `Melder${number}` }))).json();
      unassigned.push(items[0].lead);
    }
    await settleFeedback(host, admin, source);
  });
  after(() => host?.remove());

  const secrets = ['password', 'token', 'key_password', 'proxy_password'];
  /** Sets the channel and forgets what was secret before. */
  const set = (input) => admin.act('leads.settings', 'feedback_channel', { source, forget: secrets.filter((name) => !input[name]), ...input });
  const mustSet = async (input) => {
    const answer = await set(input);
    assert.equal(answer.http, 200, JSON.stringify(answer));
  };
  const tryOut = () => admin.act('leads.settings', 'feedback_test', { source });
  const works = async () => {
    const answer = await tryOut();
    assert.equal(answer.http, 200, JSON.stringify(answer));
    return answer.message;
  };
  const fails = async (sentence) => {
    const answer = await tryOut();
    assert.equal(answer.http, 422, JSON.stringify(answer));
    assert.match(answer.message, sentence);
  };
  /** Assigns a new lead and waits until the manufacturer has acknowledged that. */
  const report = async () => {
    const id = unassigned.pop();
    const seen = await leitung.lead(id);
    const done = await leitung.act('leads.lead', 'assign', { id, version: seen.version, user: 'verkauf1' });
    assert.equal(done.http, 200, JSON.stringify(done));
    return eventually('it is acknowledged', async () => {
      const { rows } = Client.block(await leitung.lead(id), 'feedback');
      const last = rows.find((one) => /Pending/.test(JSON.stringify(one.cells.message)));
      return last?.cells.state.value === 'acknowledged' ? last.id : false;
    });
  };

  test('HTTPS: our own authority is trusted only where the channel names it', async () => {
    const receiver = await SecureReceiver.start(certificates);
    try {
      await mustSet({ transport: 'https', url: receiver.url });
      await fails(/Zertifikat des Empfängers wird nicht vertraut/);
      await mustSet({ transport: 'https', url: receiver.url, ca: certificates.at('ca.pem') });
      assert.match(await works(), /erreichbar/);
      assert.equal(receiver.posts().length, 0, 'trying out sends no message');
      const id = await report();
      assert.equal(receiver.posts().at(-1).headers['idempotency-key'], id);
      assert.equal(readFeedback(receiver.posts().at(-1).body).messageId, id);
      // a name that the certificate does not hold
      await mustSet({ transport: 'https', url: receiver.url.replace('localhost', '127.0.0.1'), ca: certificates.at('ca.pem') });
      await fails(/nicht vertraut/);
    } finally {
      await receiver.stop();
    }
  });

  test('HTTPS: client certificate, its key in the clear, with a password, and as PKCS#12', async () => {
    const receiver = await SecureReceiver.start(certificates, { clients: true });
    const common = { transport: 'https', url: receiver.url, ca: certificates.at('ca.pem') };
    const client = certificates.at('client.pem');
    try {
      await mustSet(common);
      await fails(/Verbindung|nicht erreichbar/);
      for (const way of [
        { certificate: client, key: certificates.at('client.key') },
        { certificate: client, key: certificates.at('client.locked.key'), key_password: 'schluessel' },
        { certificate: certificates.at('client.p12'), key_password: 'schluessel' },
      ]) {
        await mustSet({ ...common, ...way });
        await works();
        await report();
        assert.equal(receiver.posts().at(-1).client, 'client', JSON.stringify(way));
      }
      await mustSet({ ...common, certificate: client, key: certificates.at('client.locked.key'), key_password: 'falsch' });
      await fails(/Client-Zertifikat oder sein Schlüssel/);
    } finally {
      await receiver.stop();
    }
  });

  test('HTTPS: name and password, access token; neither is ever shown again', async () => {
    const basic = `Basic ${Buffer.from('haendler:geheim-1').toString('base64')}`;
    const receiver = await SecureReceiver.start(certificates, {
      wants: (request) => [basic, 'Bearer geheim-2'].includes(request.headers.authorization) });
    const common = { transport: 'https', url: receiver.url, ca: certificates.at('ca.pem') };
    try {
      await mustSet(common);
      await fails(/lehnt die Anmeldung ab/);
      for (const way of [{ user: 'haendler', password: 'geheim-1' }, { token: 'geheim-2' }]) {
        await mustSet({ ...common, ...way });
        await works();
        await report();
      }
      for (const page of ['tab=feedback&channel=siebel_nissan', 'tab=history', 'tab=feedback']) {
        for (const accept of ['application/json', 'text/html']) {
          assert.doesNotMatch(await (await admin.get(`/screens/leads.settings?${page}`, accept)).text(), /geheim-/);
        }
      }
      assert.doesNotMatch(await (await admin.get('/screens/host.audit', 'text/html')).text(), /geheim-/);
      assert.match(await (await admin.get('/screens/host.audit', 'text/html')).text(), /feedback\.siebel_nissan\.token/);
      assert.doesNotMatch(host.log, /geheim-/);
    } finally {
      await receiver.stop();
    }
  });

  test('through a proxy that wants a password', async () => {
    const [receiver, proxy] = [await SecureReceiver.start(certificates), await Proxy.start('proxy', 'offen')];
    const common = { transport: 'https', url: receiver.url, ca: certificates.at('ca.pem'), proxy: proxy.url };
    try {
      await mustSet(common);
      await fails(/Proxy lehnt Benutzername oder Passwort ab/);
      await mustSet({ ...common, proxy_user: 'proxy', proxy_password: 'offen' });
      await works();
      await report();
      assert.ok(proxy.tunnels >= 2);
      assert.equal(receiver.posts().length, 1);
    } finally {
      await Promise.all([receiver.stop(), proxy.stop()]);
    }
  });

  test('a receiver that redirects, answers without end or not at all is told as such', async () => {
    const elsewhere = await Receiver.start();
    const receiver = await Receiver.start(() => ({ status: 302, body: '', headers: { Location: elsewhere.url } }));
    try {
      await mustSet({ transport: 'https', url: receiver.url });
      await fails(/umleiten/);
      receiver.answer = () => ({ status: 404, body: '' });
      await fails(/kennt diese Adresse nicht/);
      receiver.answer = () => 'drop';
      await fails(/ohne Antwort geschlossen/);
      await mustSet({ transport: 'https', url: 'https://nirgends.invalid/feedback' });
      await fails(/Name des Empfängers ist im Netz unbekannt|nicht erreichbar/);
      assert.equal(elsewhere.messages.length, 0, 'nothing went elsewhere');
    } finally {
      await Promise.all([receiver.stop(), elsewhere.stop()]);
    }
  });

  test('SFTP: the right host key, a private key, a whole file under its name', async () => {
    const keys = join(host.directory, 'sftp');
    mkdirSync(keys);
    const server = await SftpServer.start(keys);
    const common = { transport: 'sftp', url: server.url, user: server.user };
    try {
      await mustSet({ ...common, key: server.at('client_key'), host_key: `SHA256:${'A'.repeat(43)}` });
      await fails(new RegExp(`anderen Schlüssel.*${server.fingerprint.replaceAll('+', '\\+').replaceAll('/', '\\/')}`));
      for (const way of [
        { key: server.at('client_key'), host_key: server.fingerprint },
        { key: server.at('client_key'), known_hosts: server.at('known_hosts') },
        { key: server.at('locked_key'), key_password: 'schluessel', host_key: server.fingerprint },
      ]) {
        await mustSet({ ...common, ...way });
        await works();
        const id = await report();
        assert.equal(readFeedback(readFileSync(join(server.folder, `${id}.xml`), 'utf8')).messageId, id);
      }
      const proxy = await Proxy.start('proxy', 'offen');
      await mustSet({ ...common, key: server.at('client_key'), host_key: server.fingerprint, proxy: proxy.url, proxy_user: 'proxy', proxy_password: 'offen' });
      await works();
      assert.equal(proxy.tunnels, 1);
      await proxy.stop();
      assert.ok(readdirSync(server.folder).every((name) => name.endsWith('.xml')), 'no half files and no probes');
      await mustSet({ ...common, key: certificates.at('client.key'), host_key: server.fingerprint });
      await fails(/lehnt Benutzername, Passwort oder Schlüssel ab|nicht erreichbar/);
      await mustSet({ ...common, url: `sftp://127.0.0.1:${server.port}/no/such/folder`, key: server.at('client_key'), host_key: server.fingerprint });
      await fails(/gibt es nicht, oder er ist nicht beschreibbar/);
    } finally {
      await server.stop();
    }
  });

  test('a folder: whole files, and a sentence when it cannot be written', async () => {
    const folder = join(host.directory, 'drop');
    await mustSet({ transport: 'directory', directory: folder });
    assert.match(await works(), /beschreibbar/);
    assert.deepEqual(readdirSync(folder), []);
    const id = await report();
    assert.deepEqual(readdirSync(folder), [`${id}.xml`]);
    // a file stands where the folder would be
    await mustSet({ transport: 'directory', directory: join(folder, `${id}.xml`) });
    await fails(/kann nicht beschrieben werden|nicht beschreibbar|nicht geschrieben/);
    // and what lies elsewhere is refused
    for (const elsewhere of ['/etc/cron.d', '/proc/drop', `${host.directory}x`]) {
      const answer = await admin.act('leads.settings', 'feedback_channel', { source, transport: 'directory', directory: elsewhere });
      assert.equal(answer.http, 422, elsewhere);
      assert.match(answer.fields.directory, /Ablageordner liegen unter/);
    }
    if (process.getuid() !== 0) {
      chmodSync(folder, 0o500);
      await mustSet({ transport: 'directory', directory: folder });
      await fails(/./);
    }
  });

  test('only an admin sets or tries out a channel', async () => {
    for (const action of ['feedback_channel', 'feedback_test']) {
      const answer = await leitung.act('leads.settings', action, { source, transport: 'none' });
      assert.ok([403, 404].includes(answer.http), JSON.stringify(answer));
    }
  });
});
