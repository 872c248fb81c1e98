// mail_server.mjs - a real SMTP server of a test, which asks for name and password and keeps what comes.
import { SMTPServer } from 'smtp-server';

export class MailServer {
  static user = 'leads@autohaus.example';
  static password = 'mail secret';

  static async start() {
    const made = new MailServer();
    made.letters = [];
    made.refused = new Set();
    made.server = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (given, session, done) =>
        given.username === MailServer.user && given.password === MailServer.password ? done(null, { user: given.username }) : done(new Error('535 who are you')),
      onRcptTo: (address, session, done) =>
        made.refused.has(address.address) ? done(Object.assign(new Error('no such user'), { responseCode: 550 })) : done(),
      onData: (stream, session, done) => {
        const parts = [];
        stream.on('data', (bytes) => parts.push(bytes));
        stream.on('end', () => {
          made.letters.push({ to: session.envelope.rcptTo.map((one) => one.address), text: Buffer.concat(parts).toString('utf8') });
          done();
        });
      },
    });
    await new Promise((done, failed) => {
      made.server.on('error', failed);
      made.server.listen(0, '127.0.0.1', done);
    });
    made.url = `smtp://127.0.0.1:${made.server.server.address().port}`;
    return made;
  }

  to(address) {
    return this.letters.filter((one) => one.to.includes(address));
  }

  close() {
    return new Promise((done) => this.server.close(done));
  }
}

/** A field of a letter's head, unfolded. */
export const field = (letter, name) =>
  new RegExp(`^${name}: (.*)$`, 'im').exec(letter.text.split('\r\n\r\n')[0].replace(/\r\n[ \t]/g, ' '))?.[1];

/** Its text, of quoted-printable. */
export const body = (letter) => {
  const [, ...rest] = letter.text.split('\r\n\r\n');
  const bytes = rest.join('\r\n\r\n').replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
};
