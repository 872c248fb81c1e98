// What was once possible for somebody who should not be able to do it, tried again over the wire and on the disk; each
// says in a line what comes of it now.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, linkSync, lstatSync, mkdirSync, readdirSync, renameSync, symlinkSync, watch, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Client, Host, eventually, existsSync, join, oneLead, program, readFileSync, sleep } from './host.mjs';

const megabyte = 1 << 20;

describe('what must not be possible', () => {
  let host, admin, leitung, verkauf, graz;
  before(async () => {
    const temporary = join('/tmp', `security-${process.pid}`);
    mkdirSync(temporary, { recursive: true });
    host = await Host.start({ env: { TMPDIR: temporary } });
    host.temporary = temporary;
    [admin, leitung, verkauf, graz] = await Promise.all(['admin', 'leitung', 'verkauf1', 'graz1'].map((user) => host.signIn(user)));
  });
  after(async () => {
    await host?.remove();
    spawnSync('rm', ['-rf', host.temporary]);
  });

  const tried = (what, body) => test(what, async () => console.log(`${what}: ${await body()}`));
  const alive = async () => assert.equal((await fetch(`${host.url}/health`)).status, 200, 'the host is there');
  /** The most memory that the host ever had, in megabytes. */
  const peak = () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${host.process.pid}/status`, 'utf8'))[1]) / 1024;
  /** Sends `head`, then `piece` until `limit` bytes went or the other side closes: {answer, sent, closed}. */
  const flood = (head, piece = '', limit = 0) => new Promise((done) => {
    let answer = '', sent = 0, over = false;
    const socket = connect(host.port, '127.0.0.1');
    const end = (closed) => {
      if (over) return;
      over = true;
      socket.destroy();
      done({ answer, sent, closed });
    };
    const more = () => {
      while (!over && sent < limit) {
        sent += piece.length;
        if (!socket.write(piece)) return void socket.once('drain', more);
      }
      setTimeout(() => end(false), 3000);
    };
    socket.on('connect', () => socket.write(head, more));
    socket.on('data', (bytes) => (answer += bytes));
    socket.on('error', () => end(true));
    socket.on('close', () => end(true));
  });
  const form = (client, path, body) => fetch(host.url + path, {
    method: 'POST', body, redirect: 'manual',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Cookie: client.cookie, Accept: 'application/json' } });
  const command = (words, input) => spawnSync(program, [...words, '--data', host.data], { encoding: 'utf8', env: { ...host.env, LANG: 'en_US.UTF-8' }, input });

  tried('a document that is nested 200 000 deep, sent by nobody', async () => {
    const deep = `{"user":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    const answer = await fetch(`${host.url}/login`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: deep });
    await alive();
    assert.ok([401, 413, 422].includes(answer.status));
    return `${answer.status}, the host goes on`;
  });

  tried('300 MB behind the end of a form, sent by nobody', async () => {
    const was = peak();
    const { closed, answer } = await flood('POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=BB\r\nContent-Length: 1258291200\r\n\r\n'
      + '--BB\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n--BB--\r\n', 'z'.repeat(megabyte), 300 * megabyte);
    await alive();
    assert.ok(closed, 'the connection is closed');
    assert.ok(peak() - was < 64, `${peak() - was} MB more`);
    return `${answer.slice(9, 12)}, closed, ${Math.round(peak() - was)} MB more memory`;
  });

  tried('headers without end in a second request, sent by nobody', async () => {
    const was = peak();
    const { closed, sent, answer } = await flood('GET /health HTTP/1.1\r\nHost: x\r\n\r\nGET /health HTTP/1.1\r\nHost: x\r\n', `A: ${'v'.repeat(8000)}\r\n`, 200 * megabyte);
    await alive();
    assert.ok(closed);
    assert.ok(peak() - was < 64, `${peak() - was} MB more`);
    return `${answer.match(/HTTP\/1\.1 \d+/g)?.at(-1)?.slice(9)}, closed after ${Math.round(sent / 1024)} KiB`;
  });

  tried('a form whose button is nested 100 000 deep, sent by a salesperson', async () => {
    const answer = await form(verkauf, '/screens/leads.overview/actions/assign',
      `csrf=${verkauf.csrf}&_button=${encodeURIComponent(`{"input":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`)}`);
    await alive();
    assert.ok([413, 422].includes(answer.status), `${answer.status}`);
    return `${answer.status}, the host goes on`;
  });

  tried('49 000 leads and versions in one form', async () => {
    const since = performance.now();
    const answer = await form(verkauf, '/screens/leads.overview/actions/assign', `csrf=${verkauf.csrf}`
      + Array.from({ length: 49_000 }, (_, number) => `&leads=${number}&version_${number}=1`).join(''));
    const spent = Math.round(performance.now() - since);
    assert.ok(answer.status >= 400 && spent < 10_000, `${answer.status} after ${spent} ms`);
    return `${answer.status} after ${spent} ms`;
  });

  tried('400 bodies that trickle in', async () => {
    const open = await Promise.all(Array.from({ length: 400 }, () => new Promise((done) => {
      const socket = connect(host.port, '127.0.0.1', () => {
        socket.write('POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{');
        done(socket);
      });
      socket.on('error', () => {});
    })));
    const since = performance.now();
    await alive();
    const spent = Math.round(performance.now() - since);
    open.forEach((socket) => socket.destroy());
    assert.ok(spent < 3000, `${spent} ms`);
    return `others are answered in ${spent} ms`;
  });

  tried('a person who was anonymised', async () => {
    const marker = `Vergesslich${process.pid}`;
    host.drop('siebel_nissan', 'person.xml', oneLead({ id: `P-${marker}`, last: marker, email: `${marker}@example.at` }));
    host.drop('siebel_nissan', 'unread.xml', oneLead({ id: `Q-${marker}`, type: 'No Such Type', last: marker, email: `${marker}@example.at` }));
    const at = (folder, name) => join(host.data, 'inbox/siebel_nissan', folder, name);
    await eventually('both files are taken', () => existsSync(at('done', 'person.xml')) && existsSync(at('quarantine', 'unread.xml')), 30);
    const person = await admin.screen('leads.privacy', { email: `${marker}@example.at` });
    const { input } = person.actions.find((one) => one.action === 'erase_person');
    assert.deepEqual([input.leads.length, input.messages.length], [1, 1], 'the message that was not read is found, too');
    const gone = await admin.act('leads.privacy', 'erase_person', input);
    assert.equal(gone.http, 200, JSON.stringify(gone));
    await eventually('archive, outbox and host have forgotten', async () => {
      const lines = Client.block(await admin.screen('leads.privacy'), 'protocol').rows;
      return lines.length >= 1 && lines.every((row) => row.cells.settled.value);
    }, 60);
    await eventually('and the file', () => !existsSync(at('done', 'person.xml')), 30);
    return 'the file that brought him is gone, the message in quarantine is found';
  });

  tried('contacts and notes of leads that one may not see', async () => {
    assert.equal(command(['user', 'add', 'mgrgraz', '--name', 'Manager', '--role', 'manager', '--location', 'graz'], 'a long password\n').status, 0);
    const { items } = await (await host.post('siebel_nissan', oneLead({ id: `N-${process.pid}`, dealer: 'AT10017', last: 'Geheimhuber' }))).json();
    const id = items[0].lead;
    let seen = await leitung.lead(id);
    const taken = await leitung.act('leads.lead', 'import', { id, version: seen.version });
    assert.equal(taken.http, 200, JSON.stringify(taken));
    seen = await leitung.lead(id);
    const planned = await leitung.act('leads.lead', 'contact', { id, version: seen.version, due: '2030-01-02T10:00', kind: 'phone', note: 'VERTRAULICH 4711' });
    assert.equal(planned.http, 200, JSON.stringify(planned));
    const manager = await host.signIn('mgrgraz', 'a long password');
    for (const one of [manager, verkauf]) {
      assert.equal((await one.get(`/screens/leads.lead?id=${id}`)).status, 404);
      const contacts = JSON.stringify(await one.screen('host.contacts', { person: 'all' }));
      const customer = await (await one.get(`/screens/host.customer?id=${taken.customer}`)).text();
      assert.doesNotMatch(contacts + customer, /VERTRAULICH/);
      assert.doesNotMatch(contacts, /Geheimhuber/);
    }
    return 'neither in myKontakte nor on the page of the customer';
  });

  tried('links in the inbox', async () => {
    const inbox = join(host.data, 'inbox/siebel_nissan'), victim = join(host.directory, 'victim'), elsewhere = join(host.directory, 'elsewhere');
    writeFileSync(victim, 'as it was');
    mkdirSync(elsewhere);
    symlinkSync(victim, join(inbox, 'quarantine/bad.xml.reason.txt'));
    host.drop('siebel_nissan', 'bad.xml', oneLead({ id: `ssh-ed25519 ${process.pid}`, type: 'No Such Type' }));
    await eventually('it is quarantined', () => existsSync(join(inbox, 'quarantine/bad.xml')));
    assert.equal(readFileSync(victim, 'utf8'), 'as it was');
    linkSync(victim, join(inbox, 'hard.xml'));
    renameSync(join(inbox, 'done'), join(inbox, 'away'));
    symlinkSync(elsewhere, join(inbox, 'done'));
    host.drop('siebel_nissan', 'good.xml', oneLead({ id: `G-${process.pid}` }));
    await eventually('the host says why it does not take it', () => /inbox siebel_nissan: .*must be a folder, no link/.test(host.log));
    assert.deepEqual(readdirSync(elsewhere), []);
    spawnSync('rm', [join(inbox, 'done')]);
    renameSync(join(inbox, 'away'), join(inbox, 'done'));
    await eventually('and takes it then', () => existsSync(join(inbox, 'done/good.xml')), 90);
    assert.ok(existsSync(join(inbox, 'hard.xml')), 'a second name of another file is not taken');
    return 'not followed; what is left waits until they are gone';
  });

  tried('a backup that is exchanged while it is restored', async () => {
    const file = join(host.directory, 'x.tar'), evil = join(host.directory, 'evil.tar'), goal = join(host.directory, 'restored');
    const made = host.run(['backup', file]);
    assert.equal(made.status, 0, made.stderr);
    writeFileSync(join(host.directory, 'PWNED'), 'pwned');
    spawnSync('tar', ['-C', host.directory, '-cf', evil, '--transform', 's,PWNED,../../PWNED-outside,', 'PWNED']);
    const restoring = spawn(program, ['restore', '--data', goal, file], { env: host.env });
    const ended = new Promise((done) => restoring.once('exit', done));
    await eventually('it began', () => existsSync(goal) || restoring.exitCode !== null);
    renameSync(evil, file);
    const status = await ended;
    assert.ok(!existsSync(join(host.directory, 'PWNED-outside')) && !existsSync(join(dirname(host.directory), 'PWNED-outside')));
    host.restored = status === 0 ? goal : undefined;
    assert.equal(status, 0, 'the file that was opened is the one that is restored');
    return 'the file that was looked through is the one that is restored';
  });

  tried('exports in the temporary folder', async () => {
    const seen = [];
    const watching = watch(host.temporary, (_, name) => {
      try {
        seen.push(lstatSync(join(host.temporary, name)).mode & 0o777);
      } catch {
        // It is gone already.
      }
    });
    for (let number = 0; number < 5; ++number) {
      assert.equal((await leitung.get('/screens/leads.overview/export.xlsx?tab=all')).status, 200);
    }
    await sleep(100);
    watching.close();
    assert.ok(seen.every((mode) => (mode & 0o077) === 0), seen.map((mode) => mode.toString(8)).join());
    assert.deepEqual(readdirSync(host.temporary).filter((name) => name.startsWith('dms-')), []);
    return `${seen.length} looks, none of them open to others, nothing left`;
  });

  tried('wrong passwords of a stranger behind the same address', async () => {
    const sign = (password, cookie) => fetch(`${host.url}/login`, { method: 'POST', body: new URLSearchParams({ user: 'wien1', password }),
      headers: { Accept: 'application/json', ...(cookie ? { Cookie: cookie } : {}) } });
    const known = (await sign('demo')).headers.getSetCookie().map((one) => one.split(';')[0]).find((one) => one.startsWith('dms_known'));
    for (let number = 0; number < 8; ++number) assert.equal((await sign('guess')).status, 401);
    const [unknown, in_known] = [await sign('demo'), await sign('demo', known)];
    assert.deepEqual([unknown.status, in_known.status], [429, 200]);
    return `${unknown.status} in an unknown browser, ${in_known.status} in the known one`;
  });

  tried('which record an admin read, hidden behind a long value', async () => {
    await admin.get(`/screens/leads.intake_log?id=${'x'.repeat(190)}&payload=1`);
    const lines = JSON.stringify(Client.block(await admin.screen('host.audit', { action: 'screen.read' }), 'audit').rows.slice(0, 3));
    assert.match(lines, /leads\.intake_log x+…? 1\b/);
    return 'the audit log names it';
  });

  tried('a password that was entered for another receiver', async () => {
    let asked = 0;
    const thief = createServer((_, response) => { asked++; response.end('<Status>OK</Status>'); });
    await new Promise((done) => thief.listen(0, '127.0.0.1', done));
    const set = (input) => admin.act('leads.settings', 'feedback_channel', { source: 'siebel_nissan', transport: 'https', user: 'dealer', ...input });
    assert.equal((await set({ url: 'https://feedback.manufacturer.example/', password: 'TopSecretOfManufacturer' })).http, 200);
    const moved = await set({ url: `http://127.0.0.1:${thief.address().port}/steal` });
    await admin.act('leads.settings', 'feedback_test', { source: 'siebel_nissan' });
    thief.close();
    assert.equal(moved.http, 422);
    assert.equal(asked, 0);
    const dropped = await admin.act('leads.settings', 'feedback_channel', { source: 'siebel_nissan', transport: 'directory', directory: '/etc/cron.d' });
    assert.equal(dropped.http, 422);
    return `${moved.http}: ${moved.fields.password} – ${dropped.fields.directory}`;
  });

  tried('requests whose end two readers see at different places', async () => {
    const heads = ['Content-Length: 4\r\nTransfer-Encoding: chunked', 'Content-Length: 4\r\nContent-Length: 5', 'Transfer-Encoding : chunked',
      'Transfer-Encoding: identity\r\nTransfer-Encoding: chunked', 'Transfer-Encoding: x', 'Content-Length: +3', 'Content-Length: 3, 3', 'Content-Length: -1'];
    for (const head of heads) {
      const { answer, closed } = await flood(`POST /login HTTP/1.1\r\nHost: x\r\n${head}\r\n\r\n0\r\n\r\nGET /health HTTP/1.1\r\nHost: x\r\n\r\n`);
      assert.ok(closed, head);
      assert.match(answer, /^HTTP\/1\.1 400/, head);
      assert.doesNotMatch(answer, /HTTP\/1\.1 200/, head);
    }
    return `400 and the end, ${heads.length} kinds`;
  });

  tried('a line of the log that somebody else wrote', async () => {
    await flood('GET /x%0a2026-01-01T00:00:00+0000%20info%20user%20admin%20signed%20in%1b[31m HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    await eventually('it is logged', () => host.log.includes('signed in'));
    assert.doesNotMatch(host.log, /^2026-01-01T00:00:00\+0000 info user admin/m);
    assert.ok(!host.log.includes('\x1b[31m'));
    return 'one line, written as \\n and \\x1b';
  });

  tried('secrets on the command line', async () => {
    const refused = [command(['plugin', 'set', 'lead_system', 'smtp.password', 'geheim']),
      command(['serve', '--listen', '127.0.0.1:1', '--database', 'postgresql://dms:geheim@db.invalid/x']),
      command(['serve', '--listen', '127.0.0.1:1', '--database', 'postgresql://db.invalid/x?password=geheim'])];
    for (const one of refused) {
      assert.equal(one.status, 2, one.stdout + one.stderr);
      assert.match(one.stderr, /can read a command line/);
      assert.doesNotMatch(one.stderr, /geheim/);
    }
    const file = join(host.directory, 'secret');
    writeFileSync(file, 'from a file\n');
    for (const [words, input] of [[['--value-file', file]], [['--value-file', '-'], 'from the input\n'], [[], 'from the input\n'], [['--remove']]]) {
      const set = command(['plugin', 'set', 'lead_system', 'smtp.password', ...words], input);
      assert.equal(set.status, 0, set.stderr);
    }
    assert.equal(command(['plugin', 'set', 'lead_system', 'smtp.password'], '').status, 2, 'nothing is no value');
    writeFileSync(file, 'another password\n');
    assert.equal(command(['user', 'password', 'verkauf2', '--password-file', file]).status, 0);
    await host.signIn('verkauf2', 'another password');
    const lines = JSON.stringify(Client.block(await admin.screen('host.audit', {}), 'audit').rows);
    assert.match(lines, /smtp\.password/);
    assert.doesNotMatch(lines, /from a file|from the input/);
    return refused[0].stderr.trim();
  });

  tried('how much others have to do whose leads one does not see', async () => {
    const [row] = await graz.leads({ tab: 'open' });
    const page = JSON.stringify(await graz.lead(row.id));
    const counts = [...page.matchAll(/Wien, (\d+) offene/g)].map((found) => Number(found[1]));
    assert.ok(counts.every((count) => count === 0), counts.join());
    const manager = await host.signIn('mgrgraz', 'a long password');
    const evaluation = await manager.get('/screens/leads.evaluation?period=all');
    assert.ok(!/KW 3\d/.test(await evaluation.text()), 'no week of the oldest lead');
    return 'neither in the assign dialog nor in the evaluation';
  });

  tried('who may read what the host wrote', async () => {
    await host.end();
    const open = [];
    const look = (folder) => {
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const path = join(folder, entry.name);
        const mode = lstatSync(path).mode;
        if (!entry.isSymbolicLink() && (mode & 0o077) !== 0) open.push(`${path} ${(mode & 0o777).toString(8)}`);
        if (entry.isDirectory()) look(path);
      }
    };
    for (const made of [host.data, join(host.directory, 'restored')]) {
      assert.equal(lstatSync(made).mode & 0o077, 0, made);
      look(made);
    }
    assert.equal(lstatSync(join(host.directory, 'victim')).mode & 0o777, 0o644, 'the test itself writes openly');
    // What the test itself put into the inbox is the test's.
    assert.deepEqual(open.filter((one) => !/inbox\/siebel_nissan\/(?:[^/]*|done\/[^/]*|quarantine\/[^/]*)\.xml /.test(one)), []);
    return 'nobody but its account';
  });

  tried('a plugin that everybody may write', async () => {
    const folder = join(host.directory, 'plugins');
    cpSync(join(dirname(program), '../plugins'), folder, { recursive: true });
    chmodSync(join(folder, 'lead_system'), 0o777);
    const status = spawnSync(program, ['plugin', 'enable', 'lead_system', '--data', join(host.directory, 'fresh'), '--plugins', folder], { encoding: 'utf8', env: host.env });
    assert.equal(status.status, 1, status.stdout);
    return status.stderr.trim();
  });
});
