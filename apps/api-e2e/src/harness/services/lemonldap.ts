import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@portillon/testing/servers';
import { eventually } from '../server/eventually';
import { describeWith } from './programs';

const STARMAN = '/usr/bin/starman';
const PORTAL = '/usr/share/lemonldap-ng/portal';
const MAIN = '/usr/share/perl5/Lemonldap/NG/Portal.pm';

export const describeWithLemonLdap = describeWith(
  'LemonLDAP::NG',
  existsSync(STARMAN) && existsSync(PORTAL),
  'starman liblemonldap-ng-portal-perl libcrypt-jwt-perl libmime-tools-perl libemail-sender-perl libstring-random-perl',
);

/**
 * Whether this release finishes the step-up of a session that a provider made: 2.16 (Debian 12) takes the answer of the
 * provider for a visit of its menu, 2.21 (Debian 13) does not.
 */
export const UPGRADES_SESSIONS =
  existsSync(MAIN) && !/VERSION = '2\.(\d|1[0-9])\./.test(readFileSync(MAIN, 'utf8'));

/** A portal of LemonLDAP::NG with the settings of the guide, in a separate folder. */
export class LemonLdap {
  readonly #folder = mkdtempSync(join(tmpdir(), 'portillon-lemonldap-'));
  #process: ChildProcess | undefined;
  #output = '';
  #port = 0;

  /** Where it will answer, for a caller that needs it before the start. */
  async reserve(): Promise<string> {
    this.#port = await freePort();
    return this.#url;
  }

  async start(settings: string): Promise<void> {
    const configuration = join(this.#folder, 'lemonldap-ng.ini');
    writeFileSync(configuration, this.#configuration());
    writeFileSync(join(this.#folder, 'lmConf-1.json'), JSON.stringify(this.#merged(settings)));
    mkdirSync(join(this.#folder, 'sessions'));
    const where = ['--listen', `127.0.0.1:${this.#port}`, '--workers', '1', '--disable-keepalive'];
    const args = [...where, join(PORTAL, 'htdocs/index.psgi')];
    const env = { PATH: process.env['PATH'], LLNG_DEFAULTCONFFILE: configuration };
    this.#process = spawn(STARMAN, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
    this.#process.stderr!.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
    await eventually('LemonLDAP::NG to answer', () => this.#answers());
  }

  async stop(): Promise<void> {
    if (this.#process?.kill('SIGTERM')) await once(this.#process, 'exit');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #url(): string {
    return `http://localhost:${this.#port}`;
  }

  /** The settings of the guide, among those that any installation has. */
  #merged(settings: string): object {
    const cache = { namespace: 'sessions', default_expires_in: 600, cache_root: join(this.#folder, 'cache') };
    return {
      cfgNum: 1,
      cfgDate: 1,
      portal: `${this.#url}/`,
      domain: 'localhost',
      key: 'a-key-of-the-tests',
      globalStorage: 'Apache::Session::File',
      globalStorageOptions: this.#sessions(),
      localSessionStorage: 'Cache::FileCache',
      localSessionStorageOptions: cache,
      // Else it wants what draws pictures.
      captcha_mail_enabled: 0,
      captcha_register_enabled: 0,
      ...(JSON.parse(settings) as object),
    };
  }

  #sessions(): object {
    const folder = join(this.#folder, 'sessions');
    const generateModule = 'Lemonldap::NG::Common::Apache::Session::Generate::SHA256';
    return { Directory: folder, LockDirectory: folder, generateModule };
  }

  #configuration(): string {
    const cache = `{ 'namespace' => 'configuration', 'cache_root' => '${this.#folder}/cache' }`;
    return [
      '[all]',
      'logLevel = error',
      '[configuration]',
      'type = File',
      `dirName = ${this.#folder}`,
      'localStorage = Cache::FileCache',
      `localStorageOptions = ${cache}`,
      '[portal]',
      'staticPrefix = /static',
      `templateDir = ${PORTAL}/templates`,
      'languages = fr, en',
    ].join('\n');
  }

  async #answers(): Promise<boolean> {
    if (this.#process?.exitCode !== null) throw new Error(`LemonLDAP::NG ended:\n${this.#output}`);
    const answer = await fetch(`${this.#url}/ping`).catch(() => null);
    return answer?.ok ?? false;
  }
}
