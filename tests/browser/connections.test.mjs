// Connections that are opened and left half open: everybody else is served as if they were not there.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { request } from 'node:https';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { Host, eventually, freePort, oneLead, program, readFileSync, sample, sleep } from './host.mjs';
import { makeCertificates } from './tls.mjs';

describe('half-open connections', () => {
  let host, leitung;
  const open = [];
  before(async () => {
    host = await Host.start();
    leitung = await host.signIn('leitung');
  });
  after(async () => {
    for (const socket of open) socket.destroy();
    await host?.remove();
  });

  const start = (many, words) => Promise.all(Array.from({ length: many }, () => new Promise((done) => {
    const socket = connect(host.port, '127.0.0.1', () => {
      socket.write(words);
      done(socket);
    });
    socket.on('error', () => {});
    socket.on('data', () => {});
    open.push(socket);
  })));
  const within = async (limit, what, ask) => {
    const since = performance.now();
    assert.equal((await ask()).status, 200, what);
    const spent = performance.now() - since;
    assert.ok(spent < limit, `${what}: ${spent.toFixed(0)} ms`);
  };
  const othersAreServed = async (what) => {
    for (let number = 0; number < 5; ++number) {
      await within(1500, `${what}: a page`, () => leitung.get('/screens/leads.overview?tab=open', 'text/html'));
    }
    await within(1500, `${what}: a payload`, () => host.post('siebel_nissan', sample('siebel_nissan/test_drives_2020-07-22.xml')));
  };

  test('200 that say nothing, 200 with half a head', async () => {
    await start(200, '');
    await othersAreServed('silent');
    await start(200, 'GET /screens/leads.overview HTTP/1.1\r\nHost: x\r\nX-Sl');
    await othersAreServed('half a head');
  });

  test('300 that promise a body and do not send it, and 300 that send it a byte at a time', async () => {
    const head = `POST /intake/siebel_nissan HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${host.token()}\r\nContent-Type: application/xml\r\nContent-Length: 100000\r\n\r\n`;
    await start(300, head);
    const slow = [...await start(150, head), ...await start(150, 'POST /login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n')];
    const drip = setInterval(() => slow.forEach((socket) => socket.writable && socket.write('<')), 300);
    await sleep(500);
    await othersAreServed('slow bodies');
    clearInterval(drip);
  });

  test('many more than there is room for: the newest of others is served all the same', async () => {
    await start(900, 'GET / HTTP/1.1\r\n');
    await othersAreServed('a crowd');
  });

  test('none of them is kept for long, and their bytes changed nothing', async () => {
    await eventually('all are closed', () => open.every((socket) => socket.destroyed || socket.readableEnded), 40);
    await othersAreServed('afterwards');
  });

  test('one connection carries many requests, also sent at once, and ends as it was asked to', async () => {
    const answer = await new Promise((done) => {
      let text = '';
      const socket = connect(host.port, '127.0.0.1', () => socket.write(
        'GET /health HTTP/1.1\r\nHost: x\r\n\r\nGET /health HTTP/1.1\r\nHost: x\r\n\r\nGET /login HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'));
      socket.on('data', (bytes) => (text += bytes));
      socket.on('end', () => done(text));
    });
    assert.equal(answer.match(/HTTP\/1\.1 200/g).length, 3);
  });

  test('what is not read of one request is never taken for the next', async () => {
    const asked = (words) => new Promise((done) => {
      let text = '';
      const socket = connect(host.port, '127.0.0.1', () => socket.write(words));
      socket.on('data', (bytes) => (text += bytes));
      socket.on('error', () => {});
      socket.on('close', () => done(text));
    });
    const hidden = 'GET /login HTTP/1.1\r\nHost: x\r\n\r\n';
    const length = `Content-Length: ${hidden.length}\r\n`;
    for (const [what, words, status] of [
      ['a body where none belongs', `GET /health HTTP/1.1\r\nHost: x\r\n${length}\r\n${hidden}`, 200],
      ['a method that is not known', `DELETE /login HTTP/1.1\r\nHost: x\r\n${length}\r\n${hidden}`, 405],
      ['a packed body that is none', `POST /intake/siebel_nissan HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${host.token()}\r\nContent-Type: text/xml\r\nContent-Encoding: gzip\r\n${length}\r\n${hidden}`, 400],
    ]) {
      const answer = await asked(words);
      assert.deepEqual(answer.match(/HTTP\/1\.1 \d+/g), [`HTTP/1.1 ${status}`], what);
    }
    const nowhere = await fetch(`${host.url}/nothing`, { method: 'POST', body: Buffer.alloc(3 << 20, 'x') }).catch((error) => error);
    assert.ok([404, 413].includes(nowhere.status) || nowhere instanceof Error);
  });

  const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${host.process.pid}/status`, 'utf8'))[1]) / 1024;
  /**
   * Sends `piece` again and again until the other side has enough: how much it took, and what it said. With `answered` not
   * before the first answer is here: what a closed connection had said and nobody had read yet is lost with it.
   */
  const flood = (begin, piece, most, { answered = false } = {}) => new Promise((done) => {
    let sent = 0, text = '';
    const socket = connect(host.port, '127.0.0.1');
    const more = () => {
      while (!socket.destroyed && sent < most) {
        sent += piece.length;
        if (!socket.write(piece)) return;
      }
    };
    socket.on('connect', () => { socket.write(begin); if (!answered) more(); });
    socket.on('drain', () => { if (text || !answered) more(); });
    socket.on('data', (bytes) => { text += bytes; more(); });
    socket.on('error', () => {});
    socket.on('close', () => done({ sent, text }));
  });

  test('what goes on for ever costs no memory: behind the last boundary of a form, in chunks, in the head of a second request', async () => {
    const before = memory();
    const piece = Buffer.alloc(1 << 20, 'z');
    const boundary = 'Content-Type: multipart/form-data; boundary=BB\r\n';
    const form = '--BB\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n--BB--\r\n';
    for (const path of ['/login', '/nothing', '/screens/leads.overview/actions/assign', '/intake/siebel_nissan']) {
      const announced = await flood(`POST ${path} HTTP/1.1\r\nHost: x\r\n${boundary}Content-Length: 1258291200\r\n\r\n${form}`, piece, 400 << 20);
      assert.ok(announced.sent < 100 << 20, `${path}: ${announced.sent}`);
      const chunk = Buffer.concat([Buffer.from('100000\r\n'), piece, Buffer.from('\r\n')]);
      const chunked = await flood(`POST ${path} HTTP/1.1\r\nHost: x\r\n${boundary}Transfer-Encoding: chunked\r\n\r\n`, chunk, 400 << 20);
      assert.ok(chunked.sent < 150 << 20, `${path}: ${chunked.sent}`);
    }
    const line = Buffer.from(`A: ${'v'.repeat(8000)}\r\n`);
    const second = await flood('GET /health HTTP/1.1\r\nHost: x\r\n\r\nGET /health HTTP/1.1\r\nHost: x\r\n', line, 100 << 20, { answered: true });
    assert.ok(second.sent < 50 << 20, `${second.sent}`);
    assert.match(second.text, /^HTTP\/1\.1 200/);
    assert.doesNotMatch(second.text.slice(20), /HTTP\/1\.1 200/);
    assert.ok(memory() < before + 150, `${before} to ${memory()} MB`);
    await othersAreServed('after floods');
  });

  test('a head that two readers could read differently is refused, and nothing behind it is a request', async () => {
    const asked = (words) => new Promise((done) => {
      let text = '';
      const socket = connect(host.port, '127.0.0.1', () => socket.write(words));
      socket.on('data', (bytes) => (text += bytes));
      socket.on('error', () => {});
      socket.on('close', () => done(text));
    });
    const begin = 'POST /login HTTP/1.1\r\nHost: x\r\n', hidden = 'GET /health HTTP/1.1\r\nHost: x\r\n\r\n';
    for (const lines of ['Content-Length: 3\r\nTransfer-Encoding: chunked', 'Content-Length: 3\r\nContent-Length: 5', 'Transfer-Encoding : chunked',
      'Transfer-Encoding: identity\r\nTransfer-Encoding: chunked', 'Transfer-Encoding: chunked, identity', 'Transfer-Encoding: x',
      'Content-Length: +3', 'Content-Length: 3, 3', 'Content-Length: -1', 'Content-Length:', 'Host: y', 'X Y: z']) {
      const answer = await asked(`${begin}${lines}\r\n\r\n0\r\n\r\n${hidden}`);
      assert.match(answer, /^HTTP\/1\.1 400/, lines);
      assert.doesNotMatch(answer, /HTTP\/1\.1 200/, lines);
    }
  });

  test('many sign-ins at once: some are asked to wait, and pages do not wait for them', async () => {
    const tries = Array.from({ length: 150 }, (_, number) => fetch(`${host.url}/login`, {
      method: 'POST', headers: { Accept: 'application/json' }, body: new URLSearchParams({ user: `nobody${number}`, password: 'x' }),
    }));
    await othersAreServed('sign-ins');
    const answers = await Promise.all(tries);
    for (const answer of answers) assert.ok([401, 429, 503].includes(answer.status), `${answer.status}`);
    const later = answers.filter((answer) => answer.status !== 401);
    assert.ok(later.length > 0);
    for (const answer of later) assert.ok(Number(answer.headers.get('retry-after')) > 0);
  });

  test('what is asked cannot write a line of the log', async () => {
    await fetch(`${host.url}/x%0a2026-11-30T00:00:00%20info%20user%20admin%20signed%20in%1b[31m%c2%9b`);
    await eventually('it is logged', () => host.log.includes('signed in'));
    assert.match(host.log, /GET \/x\\n2026-11-30T00:00:00 info user admin signed in\\x1b\[31m\\x9b 404/);
    assert.doesNotMatch(host.log, /^2026-11-30T00:00:00 info/m);
  });

  test('a name that others can point at this machine is not answered to; X-Forwarded-For of strangers does not count', async () => {
    const asked = (name, more = '') => new Promise((done) => {
      let text = '';
      const socket = connect(host.port, '127.0.0.1', () => socket.write(`GET /login HTTP/1.1\r\nHost: ${name}\r\n${more}Connection: close\r\n\r\n`));
      socket.on('data', (bytes) => (text += bytes));
      socket.on('close', () => done(text));
    });
    assert.match(await asked(`evil.example:${host.port}`), /^HTTP\/1\.1 421/);
    assert.match(await asked('evil.example', 'X-Forwarded-Host: localhost\r\n'), /^HTTP\/1\.1 421/);
    assert.match(await asked(`localhost:${host.port}`), /^HTTP\/1\.1 200/);
  });

  test('a head that never ends is refused', async () => {
    const [socket] = await start(1, '');
    const answer = new Promise((done) => socket.once('data', (bytes) => done(String(bytes))));
    socket.write(`GET / HTTP/1.1\r\n${'X-Much: '.padEnd(4000, 'x')}\r\n`.repeat(1) + `${'X-Much: '.padEnd(4000, 'x')}\r\n`.repeat(12));
    assert.match(await answer, /^HTTP\/1\.1 431/);
  });

  test('running requests are finished at the end, with their whole answers', async () => {
    let stopping = false;
    const cut = [];
    let whole = 0;
    const ask = async (what, request) => {
      let answer;
      try {
        answer = await request();
      } catch {
        return;  // it came to a closed door
      }
      try {
        const text = await answer.text();
        assert.equal(answer.status, 200, text);
        if (what === 'post') JSON.parse(text);
        whole++;
      } catch (error) {
        cut.push(`${what}: ${error}`);
      }
    };
    const people = Array.from({ length: 8 }, async (_, person) => {
      for (let number = 0; !stopping; ++number) {
        await ask('post', () => host.post('siebel_nissan', oneLead({ id: `END-${person}-${number}` })));
        await ask('page', () => leitung.get('/screens/leads.overview?tab=open', 'text/html'));
        await ask('file', () => leitung.get('/screens/leads.overview/export.csv', 'text/html'));
      }
    });
    await eventually('they are at work', () => whole > 30);
    const ended = host.end();
    stopping = true;
    assert.equal(await ended, 0);
    await Promise.all(people);
    assert.deepEqual(cut, []);
    assert.ok(whole > 30);
  });
});

describe('the line', () => {
  let host;
  before(async () => {
    host = await Host.start();
    await host.end();
  });
  after(() => host?.remove());

  const serve = async (address, words = []) => {
    const port = await freePort();
    const serving = spawn(program, ['serve', '--data', host.data, '--listen', `${address}:${port}`, ...words], { env: { ...process.env, LANG: 'en' } });
    let said = '';
    serving.stderr.on('data', (bytes) => (said += bytes));
    const ended = new Promise((done) => serving.once('exit', done));
    return { port, said: () => said, ended, stop: () => { serving.kill(); return ended; } };
  };

  test('over TLS with a certificate of its own; the cookie stays on such lines', async () => {
    const { at } = makeCertificates(host.directory);
    const serving = await serve('127.0.0.1', ['--tls-certificate', at('server.pem'), '--tls-key', at('server.key')]);
    const ask = (method, path, body) => new Promise((done, failed) => {
      const asked = request({ host: '127.0.0.1', port: serving.port, path, method, servername: 'localhost', ca: readFileSync(at('ca.pem')),
        headers: { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded' } }, (answer) => {
        let text = '';
        answer.on('data', (bytes) => (text += bytes));
        answer.on('end', () => done({ status: answer.statusCode, text, cookie: String(answer.headers['set-cookie']) }));
      });
      asked.on('error', failed);
      asked.end(body);
    });
    await eventually('it answers', async () => (await ask('GET', '/health')).status === 200);
    const signedIn = await ask('POST', '/login', 'user=leitung&password=demo');
    assert.equal(signedIn.status, 200, signedIn.text);
    assert.match(signedIn.cookie, /HttpOnly.*; Secure/);
    assert.doesNotMatch(serving.said(), /unencrypted/);
    assert.equal(await serving.stop(), 0);
  });

  test('a certificate without its key, or with another, is refused with a sentence', async () => {
    const { at } = makeCertificates(host.directory);
    for (const [words, sentence] of [[['--tls-certificate', at('server.pem')], /--tls-key/], [['--tls-certificate', at('server.pem'), '--tls-key', at('nowhere')], /nowhere/],
      [['--tls-certificate', at('server.pem'), '--tls-key', at('client.key')], /certificate/]]) {
      const serving = await serve('127.0.0.1', words);
      assert.equal(await serving.ended, 2, words.join(' '));
      assert.match(serving.said(), sentence);
    }
  });

  test('open to other machines and not encrypted: that is said; behind a named proxy it is not', async () => {
    const open = await serve('0.0.0.0');
    await eventually('it is said', () => /unencrypted/.test(open.said()));
    assert.equal(await open.stop(), 0);
    const behind = await serve('0.0.0.0', ['--trusted-proxy', '192.0.2.1']);
    await eventually('it serves', async () => (await fetch(`http://127.0.0.1:${behind.port}/health`)).ok);
    assert.doesNotMatch(behind.said(), /unencrypted/);
    assert.equal(await behind.stop(), 0);
  });
});
