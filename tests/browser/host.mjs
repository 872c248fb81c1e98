// host.mjs - a real dms_host with a demo dealership of its own, and clients that speak to it as people and programs do.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, mkdirSync, readFileSync, existsSync, writeFileSync, renameSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
export const program = resolve(process.env.DMS_HOST ?? join(here, '../../build/release/bin/dms_host'));
export const samples = join(here, '../data/samples');
export const artefacts = resolve(process.env.ARTEFACTS ?? join(here, '../../build/artefacts'));
mkdirSync(artefacts, { recursive: true });

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** Asks again until `check` answers something true, or fails with `what` after `seconds`. */
export async function eventually(what, check, seconds = 20) {
  const end = Date.now() + seconds * 1000;
  let last;
  for (;;) {
    try {
      last = await check();
      if (last) return last;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s; last: ${last?.stack ?? JSON.stringify(last)}`);
    await sleep(100);
  }
}

export function freePort() {
  return new Promise((done, failed) => {
    const server = createServer();
    server.on('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** The databases that the story runs on: SQLite always, PostgreSQL where a server is given. */
export function databases() {
  const found = [{ name: 'SQLite', create: () => undefined }];
  const server = process.env.LEADS_TEST_POSTGRESQL;
  if (server) {
    found.push({
      name: 'PostgreSQL',
      create: () => {
        const name = `story_${process.pid}_${Date.now()}`;
        const made = spawnSync('psql', [server, '-qc', `CREATE DATABASE ${name}`], { encoding: 'utf8' });
        if (made.status !== 0) throw new Error(made.stderr);
        const url = new URL(server);
        url.pathname = `/${name}`;
        return url.toString();
      },
    });
  }
  return found;
}

export class Host {
  /** A dealership in a directory of its own. `serving`: further words of the command that serves. */
  static async start({ database, plugins, env = {}, serving = [] } = {}) {
    const host = new Host();
    host.directory = mkdtempSync(join(tmpdir(), 'dms-'));
    host.data = join(host.directory, 'data');
    host.database = database;
    host.plugins = plugins;
    host.serving = serving;
    host.env = { ...process.env, DMS_DEMO_PASSWORD: 'demo', ...env };
    const made = host.run(['demo', '--no-serve']);
    if (made.status !== 0) throw new Error(`demo failed: ${made.stdout}${made.stderr}`);
    await host.serve();
    return host;
  }

  /** The database is named once, when the dealership is made and served; the host remembers it. */
  options(command) {
    return [
      '--data', this.data,
      ...(this.database && ['demo', 'serve'].includes(command) ? ['--database', this.database] : []),
      ...(command === 'serve' ? ['--drop-root', this.directory, ...(this.serving ?? [])] : []),
      ...(this.plugins ? ['--plugins', this.plugins] : []),
    ];
  }

  /** Runs a command to its end: {status, stdout, stderr}. */
  run([command, ...rest], input) {
    return spawnSync(program, [command, ...rest, ...this.options(command)], { encoding: 'utf8', env: this.env, input, maxBuffer: 1 << 28 });
  }

  /** Runs a command and kills it after so many milliseconds, if it still runs. */
  runAndKill(milliseconds, [command, ...rest]) {
    return spawnSync(program, [command, ...rest, ...this.options(command)], {
      encoding: 'utf8', env: this.env, maxBuffer: 1 << 28, timeout: milliseconds, killSignal: 'SIGKILL',
    });
  }

  /** `through(data, command)` gives the command that serves in surroundings of its own. */
  async serve(through = (_, command) => command) {
    this.port = await freePort();
    this.url = `http://127.0.0.1:${this.port}`;
    this.log = '';
    const [first, ...words] = through(this.data, [program, 'serve', '--listen', `127.0.0.1:${this.port}`, ...this.options('serve')]);
    this.process = spawn(first, words, {
      env: this.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const keep = (bytes) => (this.log = (this.log + bytes).slice(-200_000));
    this.process.stdout.on('data', keep);
    this.process.stderr.on('data', keep);
    await eventually('the host answers', async () => {
      if (this.process.exitCode !== null) throw new Error(`the host ended: ${this.log}`);
      return (await fetch(`${this.url}/health`)).ok;
    });
  }

  async end(signal = 'SIGTERM') {
    if (this.process.exitCode !== null || this.process.signalCode) return this.process.exitCode;
    const ended = new Promise((done) => this.process.once('exit', done));
    this.process.kill(signal);
    return ended;
  }

  async remove() {
    await this.end();
    rmSync(this.directory, { recursive: true, force: true });
  }

  inbox(source, name) {
    const directory = join(this.data, 'inbox', source);
    mkdirSync(directory, { recursive: true });
    return join(directory, name);
  }

  /** Puts a file into the watched folder as a sender should: written elsewhere, renamed in. */
  drop(source, name, bytes) {
    const target = this.inbox(source, name);
    const part = join(this.directory, `${name}.part`);
    writeFileSync(part, bytes);
    renameSync(part, target);
    return target;
  }

  async signIn(user, password = 'demo') {
    const client = new Client(this.url);
    await client.signIn(user, password);
    return client;
  }

  token() {
    if (!this.intakeToken) {
      const made = this.run(['intake', 'token', 'add', '*']);
      if (made.status !== 0) throw new Error(made.stderr);
      this.intakeToken = made.stdout.trim().split(/\s+/).pop();
    }
    return this.intakeToken;
  }

  post(source, bytes, { token = this.token(), type = 'application/xml' } = {}) {
    return fetch(`${this.url}/intake/${source}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': type },
      body: bytes,
    });
  }
}

/** A program that uses the JSON side of the host. */
export class Client {
  constructor(url) {
    this.url = url;
    this.cookie = '';
    this.csrf = '';
  }

  async signIn(user, password) {
    const answer = await fetch(`${this.url}/login`, {
      method: 'POST',
      headers: { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ user, password }),
    });
    if (!answer.ok) throw new Error(`sign-in of ${user}: ${answer.status} ${await answer.text()}`);
    this.cookie = answer.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
    this.csrf = (await answer.json()).csrf;
  }

  async get(path, accept = 'application/json') {
    return fetch(this.url + path, { headers: { Accept: accept, Cookie: this.cookie }, redirect: 'manual' });
  }

  async json(path) {
    const answer = await this.get(path);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return JSON.parse(text);
  }

  menu() {
    return this.json('/menu');
  }

  screen(id, query = {}) {
    return this.json(`/screens/${id}?${new URLSearchParams(query)}`);
  }

  async act(screen, action, input, { csrf = this.csrf } = {}) {
    const answer = await fetch(`${this.url}/screens/${screen}/actions/${action}`, {
      method: 'POST',
      headers: {
        Accept: 'application/json',
        'Content-Type': 'application/json',
        Cookie: this.cookie,
        ...(csrf === null ? {} : { 'X-CSRF-Token': csrf }),
      },
      body: JSON.stringify(input),
    });
    const text = await answer.text();
    let result;
    try {
      result = JSON.parse(text);
    } catch {
      result = { text };
    }
    return { status: answer.status, ...result, http: answer.status };
  }

  /** The block of a screen with that id, however deep it stands. */
  static block(document, id) {
    const search = (blocks) => {
      for (const block of blocks) {
        if (block.id === id) return block;
        for (const column of block.columns ?? []) {
          const found = Array.isArray(column) ? search(column) : undefined;
          if (found) return found;
        }
      }
      return undefined;
    };
    return search(document.blocks);
  }

  async leads(query = {}) {
    const rows = [];
    let cursor;
    do {
      const table = Client.block(await this.screen('leads.overview', { limit: '500', ...query, ...(cursor ? { cursor } : {}) }), 'leads');
      rows.push(...table.rows);
      cursor = table.next;
    } while (cursor);
    return rows;
  }

  lead(id) {
    return this.screen('leads.lead', { id: String(id) });
  }
}

/** What the demo dealership itself has to report goes into a folder first: from then on a test sees only its own messages. */
export async function settleFeedback(host, admin, source) {
  const set = await admin.act('leads.settings', 'feedback_channel', { source, transport: 'directory', directory: join(host.directory, 'settled') });
  if (set.http !== 200) throw new Error(JSON.stringify(set));
  await eventually('the demo has reported what it had to', async () =>
    Client.block(await admin.screen('leads.feedback_log', { status: 'waiting', source }), 'messages').rows.length === 0, 60);
}

/** What Nissan sends for one test drive, with what the test wants to be otherwise. */
export const oneLead = (fields) => `<?xml version="1.0" encoding="UTF-8"?><SiebelMessage><ListOfNeDealerLead><NeDealerLead>
  <Id>${fields.id}</Id><LeadType>${fields.type ?? 'Test Drive'}</LeadType><Created>07/22/2020 07:15:00</Created>
  <DealerCode>${fields.dealer ?? 'AT10017'}</DealerCode>${fields.more ?? ''}
  <ListOfContact><Contact><FirstName>${fields.first ?? 'Eva'}</FirstName><LastName>${fields.last ?? 'Probe'}</LastName>
  <EmailAddress>${fields.email ?? 'eva.probe@example.at'}</EmailAddress></Contact></ListOfContact></NeDealerLead></ListOfNeDealerLead></SiebelMessage>`;

export const sample = (name) => readFileSync(join(samples, name));
export { existsSync, readFileSync, join };
