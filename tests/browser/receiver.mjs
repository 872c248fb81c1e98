// receiver.mjs - a manufacturer's HTTP endpoint: keeps what it was sent, answers as it is told to.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSocketServer } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';

export class Receiver {
  /**
   * `answer(body, count)` returns {status, body} or 'drop' (closes the connection without a word); `delay()` says after
   * how many milliseconds it is given.
   */
  static async start(answer = () => ({ status: 200, body: '<Status>OK</Status>' }), port = 0) {
    const receiver = new Receiver();
    receiver.messages = [];
    receiver.answer = answer;
    receiver.server = createServer((request, response) => {
      const parts = [];
      request.on('data', (part) => parts.push(part));
      request.on('end', async () => {
        const body = Buffer.concat(parts).toString('utf8');
        if (request.method === 'POST') receiver.messages.push(body);
        if (receiver.delay) await new Promise((done) => setTimeout(done, receiver.delay()));
        const told = receiver.answer(body, receiver.messages.length);
        if (told === 'drop') {
          request.socket.destroy();
          return;
        }
        response.writeHead(told.status, { 'Content-Type': 'application/xml', ...told.headers });
        response.end(told.body);
      });
    });
    await new Promise((done) => receiver.server.listen(port, '127.0.0.1', done));
    receiver.port = receiver.server.address().port;
    receiver.url = `http://127.0.0.1:${receiver.port}/feedback`;
    return receiver;
  }

  stop() {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(done));
  }
}

/** A certificate of its own for 127.0.0.1, made in `directory`: {key, cert, file}. */
export function certificate(directory) {
  const [key, file] = ['key.pem', 'cert.pem'].map((name) => join(directory, name));
  const made = spawnSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
    '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', file], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stderr);
  return { key: readFileSync(key), cert: readFileSync(file), file };
}

/** A mail server that keeps what it was sent: {from, to, data}. `refuse` answers the next messages with a code. With a
 *  certificate it speaks TLS from the first byte. */
export class MailServer {
  static async start({ tls } = {}) {
    const server = new MailServer();
    server.mails = [];
    server.refuse = 0;
    const serve = (socket) => server.serve(socket);
    server.server = tls ? createTlsServer(tls, serve).on('tlsClientError', () => {}) : createSocketServer(serve);
    await new Promise((done) => server.server.listen(0, '127.0.0.1', done));
    server.url = `${tls ? 'smtps' : 'smtp'}://127.0.0.1:${server.server.address().port}`;
    return server;
  }

  serve(socket) {
    let mail = {};
    let rest = '';
    let reading = false;
    const say = (line) => socket.write(`${line}\r\n`);
    const told = (line) => {
      const word = line.slice(0, 4).toUpperCase();
      if (word === 'EHLO' || word === 'HELO') return say('250 here');
      if (word === 'MAIL') mail = { from: line.replace(/^.*<|>.*$/g, ''), to: [] };
      if (word === 'RCPT') mail.to.push(line.replace(/^.*<|>.*$/g, ''));
      if (word === 'QUIT') return socket.end('221 bye\r\n');
      if (word === 'DATA') {
        reading = true;
        return say('354 go on');
      }
      return say('250 ok');
    };
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      rest += bytes.toString('utf8');
      for (;;) {
        const end = rest.indexOf(reading ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const text = rest.slice(0, end);
        rest = rest.slice(end + (reading ? 5 : 2));
        if (!reading) {
          told(text);
          continue;
        }
        reading = false;
        if (this.refuse > 0) {
          this.refuse -= 1;
          say('451 later');
        } else {
          this.mails.push({ ...mail, data: text });
          say('250 kept');
        }
      }
    });
    say('220 mail');
  }

  stop() {
    return new Promise((done) => this.server.close(done));
  }
}

/** Header fields and decoded parts of a mail. */
export function readMail(data) {
  const decode = (text) => Buffer.from(text.replace(/\s/g, ''), 'base64').toString('utf8');
  const [head, ...rest] = data.split('\r\n\r\n');
  const header = (name) => new RegExp(`^${name}: (.*(?:\r\n[ \t].*)*)`, 'im').exec(head)?.[1] ?? '';
  const subject = header('Subject').replace(/=\?UTF-8\?B\?([^?]*)\?=\s*/g, (_, text) => decode(text));
  const boundary = /boundary="?([^"\r\n;]+)/.exec(head)?.[1];
  const parts = rest.join('\r\n\r\n').split(`--${boundary}`).slice(1, -1).map((part) => {
    const at = part.indexOf('\r\n\r\n');
    return { head: part.slice(0, at), text: decode(part.slice(at)), name: /filename="([^"]*)"/.exec(part)?.[1] };
  });
  return { subject, id: header('Message-ID'), to: header('To'), date: header('Date'), parts };
}

/** The members of a feedback message that tests look at. */
export function readFeedback(xml) {
  const member = (name) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? '';
  return {
    messageId: /MessageId="([^"]*)"/.exec(xml)?.[1],
    intObjectName: /IntObjectName="([^"]*)"/.exec(xml)?.[1],
    id: member('Id'),
    status: member('StatusCode'),
    reason: member('ReasonCode'),
    date: member('StatusDate'),
    dealer: member('DealerCode'),
    person: member('SalesPerson'),
    comments: member('Comments'),
  };
}
