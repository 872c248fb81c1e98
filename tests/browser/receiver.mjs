// receiver.mjs - a manufacturer's HTTP endpoint: keeps what it was sent, answers as it is told to.
import { createServer } from 'node:http';

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
