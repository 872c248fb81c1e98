// tls.mjs - certificates made by openssl, an HTTPS receiver, an SFTP server and a proxy: what a manufacturer may have.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { eventually, freePort } from './host.mjs';

function run(command, words) {
  const done = spawnSync(command, words, { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${command} ${words.join(' ')}: ${done.stderr}`);
  return done.stdout;
}

/** An authority of its own, a server's and a client's certificate: paths of PEM files. */
export function makeCertificates(directory) {
  const at = (name) => join(directory, name);
  const key = (name) => ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', at(`${name}.key`)];
  run('openssl', ['req', '-x509', ...key('ca'), '-out', at('ca.pem'), '-days', '2', '-subj', '/CN=Test CA']);
  for (const [name, extension] of [['server', 'subjectAltName=DNS:localhost'], ['client', 'extendedKeyUsage=clientAuth']]) {
    writeFileSync(at(`${name}.ext`), extension);
    run('openssl', ['req', ...key(name), '-out', at(`${name}.csr`), '-subj', `/CN=${name}`]);
    run('openssl', ['x509', '-req', '-in', at(`${name}.csr`), '-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial',
      '-out', at(`${name}.pem`), '-days', '2', '-extfile', at(`${name}.ext`)]);
  }
  // The client's key also with a password, and both in one PKCS#12 file.
  run('openssl', ['ec', '-in', at('client.key'), '-aes256', '-passout', 'pass:schluessel', '-out', at('client.locked.key')]);
  run('openssl', ['pkcs12', '-export', '-in', at('client.pem'), '-inkey', at('client.key'), '-passout', 'pass:schluessel',
    '-out', at('client.p12')]);
  return { at };
}

/** An HTTPS endpoint that wants `wants(request)`; keeps {method, body, headers, client}. */
export class SecureReceiver {
  static async start(certificates, { wants = () => true, clients = false } = {}) {
    const receiver = new SecureReceiver();
    receiver.requests = [];
    receiver.server = createSecureServer({
      key: readFileSync(certificates.at('server.key')),
      cert: readFileSync(certificates.at('server.pem')),
      ca: readFileSync(certificates.at('ca.pem')),
      requestCert: clients,
      rejectUnauthorized: clients,
    }, (request, response) => {
      const parts = [];
      request.on('data', (part) => parts.push(part));
      request.on('end', () => {
        const body = Buffer.concat(parts).toString('utf8');
        receiver.requests.push({ method: request.method, body, headers: request.headers, client: request.socket.getPeerCertificate?.()?.subject?.CN });
        const status = !wants(request) ? 401 : request.method === 'POST' ? 200 : 405;
        response.writeHead(status, { 'Content-Type': 'application/xml' });
        response.end(status === 200 ? '<Answer><Status>OK</Status></Answer>' : '');
      });
    });
    receiver.server.on('tlsClientError', () => {});
    await new Promise((done) => receiver.server.listen(0, '127.0.0.1', done));
    receiver.url = `https://localhost:${receiver.server.address().port}/feedback`;
    return receiver;
  }

  posts() {
    return this.requests.filter((one) => one.method === 'POST');
  }

  stop() {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(done));
  }
}

/** A proxy that connects for whoever knows the password; counts its tunnels. */
export class Proxy {
  static async start(user, password) {
    const proxy = new Proxy();
    proxy.tunnels = 0;
    proxy.server = createServer((_, response) => response.writeHead(405).end());
    proxy.server.on('connect', (request, socket, head) => {
      const wanted = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
      socket.on('error', () => {});
      if (request.headers['proxy-authorization'] !== wanted) {
        socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="proxy"\r\nContent-Length: 0\r\n\r\n');
        return;
      }
      proxy.tunnels += 1;
      const [host, port] = request.url.split(':');
      const onwards = connect(Number(port), host === 'localhost' ? '127.0.0.1' : host, () => {
        socket.write('HTTP/1.1 200 Connected\r\n\r\n');
        onwards.write(head);
        onwards.pipe(socket).pipe(onwards);
      });
      onwards.on('error', () => socket.destroy());
    });
    await new Promise((done) => proxy.server.listen(0, '127.0.0.1', done));
    proxy.url = `http://127.0.0.1:${proxy.server.address().port}`;
    return proxy;
  }

  stop() {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(done));
  }
}

/** OpenSSH's server on loopback, run by this user with keys and a folder of its own; signs in by key only. */
export class SftpServer {
  static async start(directory) {
    const server = new SftpServer();
    const at = (name) => join(directory, name);
    server.folder = at('inbox of Nissan');
    mkdirSync(server.folder, { recursive: true });
    for (const name of ['host_key', 'client_key', 'locked_key']) {
      run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', name === 'locked_key' ? 'schluessel' : '', '-f', at(name)]);
    }
    writeFileSync(at('authorized_keys'), ['client_key', 'locked_key'].map((name) => readFileSync(at(`${name}.pub`))).join(''));
    chmodSync(at('authorized_keys'), 0o600);
    server.port = await freePort();
    server.user = userInfo().username;
    server.url = `sftp://127.0.0.1:${server.port}${server.folder.replaceAll(' ', '%20')}`;
    server.fingerprint = run('ssh-keygen', ['-l', '-f', at('host_key.pub')]).split(' ')[1];
    server.at = at;
    writeFileSync(at('known_hosts'), `[127.0.0.1]:${server.port} ${readFileSync(at('host_key.pub'), 'utf8')}`);
    writeFileSync(at('sshd_config'), `
Port ${server.port}
ListenAddress 127.0.0.1
HostKey ${at('host_key')}
PidFile ${at('sshd.pid')}
AuthorizedKeysFile ${at('authorized_keys')}
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM no
StrictModes no
PermitRootLogin prohibit-password
Subsystem sftp internal-sftp
`);
    // OpenSSH wants this folder when it is started by root.
    if (process.getuid() === 0) mkdirSync('/run/sshd', { recursive: true });
    server.process = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', at('sshd_config')], { stdio: ['ignore', 'ignore', 'pipe'] });
    server.log = '';
    server.process.stderr.on('data', (bytes) => (server.log += bytes));
    await eventually('the SFTP server listens', () => new Promise((done, failed) => {
      if (server.process.exitCode !== null) failed(new Error(server.log));
      const socket = connect(server.port, '127.0.0.1', () => {
        socket.destroy();
        done(true);
      });
      socket.on('error', failed);
    }));
    return server;
  }

  stop() {
    if (this.process.exitCode !== null) return Promise.resolve();
    const ended = new Promise((done) => this.process.once('exit', done));
    this.process.kill();
    return ended;
  }
}
