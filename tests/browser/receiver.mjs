// receiver.mjs - a manufacturer's HTTP endpoint: keeps what it was sent, answers as it is told to.
import { createServer } from 'node:http';
import { createServer as createSocketServer } from 'node:net';

export class Receiver {
  /** `answer(body, count)` returns {status, body} or 'drop' (closes the connection without a word). */
  static async start(answer = () => ({ status: 200, body: '<Status>OK</Status>' }), port = 0) {
    const receiver = new Receiver();
    receiver.messages = [];
    receiver.answer = answer;
    receiver.server = createServer((request, response) => {
      const parts = [];
      request.on('data', (part) => parts.push(part));
      request.on('end', () => {
        const body = Buffer.concat(parts).toString('utf8');
        receiver.messages.push(body);
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

/** A mail server that keeps what it was sent: {from, to, data}. `refuse` answers the next messages with a code. */
export class MailServer {
  static async start() {
    const server = new MailServer();
    server.mails = [];
    server.refuse = 0;
    server.server = createSocketServer((socket) => server.serve(socket));
    await new Promise((done) => server.server.listen(0, '127.0.0.1', done));
    server.url = `smtp://127.0.0.1:${server.server.address().port}`;
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
