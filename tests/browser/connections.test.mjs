// Connections that are opened and left half open: everybody else is served as if they were not there.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { Host, eventually, sample, sleep } from './host.mjs';

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

  test('100 that promise a body and do not send it, and 100 that send it a byte at a time', async () => {
    const head = `POST /intake/siebel_nissan HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${host.token()}\r\nContent-Type: application/xml\r\nContent-Length: 100000\r\n\r\n`;
    await start(100, head);
    const slow = await start(100, head);
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

  test('a head that never ends is refused', async () => {
    const [socket] = await start(1, '');
    const answer = new Promise((done) => socket.once('data', (bytes) => done(String(bytes))));
    socket.write(`GET / HTTP/1.1\r\n${'X-Much: '.padEnd(4000, 'x')}\r\n`.repeat(1) + `${'X-Much: '.padEnd(4000, 'x')}\r\n`.repeat(12));
    assert.match(await answer, /^HTTP\/1\.1 431/);
  });

  test('running requests are finished at the end', async () => {
    assert.equal(await host.end(), 0);
  });
});
