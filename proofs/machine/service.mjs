import assert from 'node:assert/strict';
import { copyFileSync, cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { simpleParser } from 'mailparser';
import { codeIn } from '../../tools/bench/mailbox.mjs';
import { ROOT } from '../../tools/workspace/command.mjs';

const HOST = 'portail.example';
export const PASSWORD = 'Tournesol-du-matin-42';
const MAIL_PATIENCE_MS = 30_000;
const LOAD = readFileSync(join(import.meta.dirname, 'load.mjs'), 'utf8');
const GUIDE = readFileSync(join(ROOT, 'docs/guide/mail.md'), 'utf8');
const RELAY = `compatibility_level = 3.6
myhostname = ${HOST}
mydestination = hopital.example
# An unknown mailbox is accepted first, so that its mail comes back.
local_recipient_maps =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
`;

/** The service on a machine, as its operator and its visitors reach it. */
export class Service {
  #read = 0;

  /** `machine`: one of `systemd.mjs`. `variables`: those of the Ansible role. */
  constructor(machine) {
    this.machine = machine;
    this.variables = {
      portillon_host: HOST,
      portillon_certificate: '/root/portillon.crt',
      portillon_certificate_key: '/root/portillon.key',
      portillon_release: '/root/release.tar.gz',
      portillon_mail_from: `Portillon <portillon@${HOST}>`,
      portillon_settings: { SMTP_ALLOW_PLAIN: 'true', MAIL_BOUNCE: `bounces@${HOST}` },
      portillon_secret_keys: `one:${Buffer.alloc(32, 7).toString('base64')}`,
      portillon_smtp_url: 'smtp://127.0.0.1:25',
      portillon_database_password: 'LettersAndDigits1',
      portillon_migrate_password: 'LettersAndDigits2',
    };
  }

  /** What an operator has before the role: the repository, two releases, a certificate, a relay. */
  async prepare(archive) {
    for (const folder of ['deploy', 'docker/nginx'])
      cpSync(join(ROOT, folder), this.#file(`root/portillon/${folder}`), { recursive: true });
    copyFileSync(archive, this.#file('root/release.tar.gz'));
    await this.must(
      'mkdir next && tar -xzf release.tar.gz -C next && touch next/next && tar -czf next.tar.gz -C next .',
    );
    await this.must(`echo '127.0.0.1 localhost ${HOST} hopital.example' >/etc/hosts`);
    await this.makeCertificate();
    await this.must('apt-get install -y -qq postfix >postfix.log 2>&1 && useradd --create-home claire');
    await this.#startRelay();
  }

  /** Types a line in a shell of root, in /root. Resolves to its `code`, `stdout` and `stderr`. */
  async type(line, { input } = {}) {
    try {
      return {
        code: 0,
        stderr: '',
        stdout: await this.machine.run(['sh', '-c', `cd /root && ${line}`], { input }),
      };
    } catch (error) {
      if (typeof error.code !== 'number') throw error;
      return error;
    }
  }

  /** As {@link type}; resolves to its standard output. @throws with all that it wrote unless it ends with 0 */
  async must(line, options) {
    const { code, stdout, stderr } = await this.type(line, options);
    if (code !== 0) throw new Error(`${line} ended with ${code}:\n${stdout}${stderr}`);
    return stdout;
  }

  /** Types a line until it ends with 0. @throws after a minute */
  async until(line) {
    for (let tries = 60; (await this.type(line)).code !== 0; tries--) {
      if (tries === 0) throw new Error(`${line} did not end with 0`);
      await sleep(1_000);
    }
  }

  /** Runs the role, and resolves to its last lines. */
  async play() {
    writeFileSync(this.#file('root/variables.json'), JSON.stringify(this.variables));
    writeFileSync(this.#file('root/inventory'), '[portillon]\nlocalhost ansible_connection=local\n');
    const playbook = 'portillon/deploy/ansible/site.yaml';
    return this.must(
      `ANSIBLE_NOCOLOR=1 LANG=C.UTF-8 ansible-playbook -i inventory -e @variables.json ${playbook}`,
    );
  }

  /** Body of the answer to a visitor. @throws unless it is 200 */
  get(path) {
    return this.must(`curl --fail --silent --show-error --cacert portillon.crt https://${HOST}${path}`);
  }

  /** Serial number of the certificate that a visitor sees. */
  certificate() {
    return this.must(
      `openssl s_client -connect ${HOST}:443 -servername ${HOST} </dev/null 2>&1 | openssl x509 -noout -serial`,
    );
  }

  makeCertificate() {
    return this.must(
      'openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -keyout portillon.key ' +
        `-out portillon.crt -subj /CN=${HOST} -addext subjectAltName=DNS:${HOST} 2>&1`,
    );
  }

  /** The first step of a sign-in, after which a code is sent. */
  async password(username) {
    await this.must('rm -f cookies');
    assert.match(await this.#post('password', { username, password: PASSWORD }), /code-required/);
  }

  async signIn() {
    await this.password('claire');
    assert.match(await this.#post('code', { code: await this.#newCode() }), /signed-in/);
  }

  /** Visits the service all the time; `end` resolves to the number of requests and the failures. */
  underLoad() {
    const command = ['node', '--input-type=module', '--eval', LOAD, '--', `https://${HOST}`];
    const child = this.machine.spawn(command, {
      env: { NODE_EXTRA_CA_CERTS: '/root/portillon.crt' },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    const ended = new Promise((resolve) => child.once('close', resolve));
    return {
      end: async () => {
        child.stdin.end();
        await ended;
        return JSON.parse(output);
      },
    };
  }

  #file(path) {
    return join(this.machine.root, path);
  }

  #post(step, body) {
    const how = `--silent --show-error --cacert portillon.crt --cookie cookies --cookie-jar cookies --data @-`;
    const headers = `--header 'content-type: application/json' --header 'origin: https://${HOST}'`;
    return this.must(`curl ${how} ${headers} https://${HOST}/api/sign-in/${step}`, {
      input: JSON.stringify(body),
    });
  }

  /** The code of the next mail to claire. */
  async #newCode() {
    const file = this.#file('var/mail/claire');
    for (const deadline = Date.now() + MAIL_PATIENCE_MS; Date.now() < deadline; await sleep(200)) {
      const mails = existsSync(file)
        ? readFileSync(file, 'utf8')
            .split(/^From .*$/m)
            .slice(1)
        : [];
      const code = mails.length > this.#read && codeIn((await simpleParser(mails.at(-1).trimStart())).text);
      if (!code) continue;
      this.#read = mails.length;
      return code;
    }
    throw new Error('No mail came');
  }

  /** A relay with the lines of the guide for mails that come back. */
  async #startRelay() {
    const linesFor = (file) =>
      new RegExp(`# ${file}[^\n]*\n([^\`]+)\`\`\``).exec(GUIDE)[1].replaceAll('portillon.example', HOST);
    writeFileSync(this.#file('etc/postfix/main.cf'), RELAY + linesFor('/etc/postfix/main.cf'));
    const master = readFileSync(this.#file('etc/postfix/master.cf'), 'utf8');
    writeFileSync(this.#file('etc/postfix/master.cf'), master + linesFor('/etc/postfix/master.cf'));
    writeFileSync(this.#file('etc/sudoers.d/portillon'), linesFor('/etc/sudoers.d/portillon'), {
      mode: 0o440,
    });
    await this.must('systemctl restart postfix');
  }
}
