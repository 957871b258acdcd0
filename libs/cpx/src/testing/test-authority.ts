import { ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@portillon/testing';
import { pemToDer } from '../certificate/certificate';

const TOOL = join(__dirname, '../../../../tools/test-authority/make.mjs');

/** A throw-away authority of cards, made by the repository's tool (`tools/test-authority`, openssl). */
export class TestAuthority {
  readonly folder = mkdtempSync(join(tmpdir(), 'portillon-cards-'));
  #responder?: ChildProcess;

  make(): void {
    execFileSync(process.execPath, [TOOL, this.folder], { stdio: ['ignore', 'ignore', 'inherit'] });
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  text(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  /** The certificate of a card. */
  der(card: string): Buffer {
    return pemToDer(this.text(`cards/${card}.pem`))!;
  }

  /**
   * Starts openssl's OCSP responder, which signs with the files at `signer`. `more` adds options. Resolves to its
   * address.
   */
  async respond(
    authority = 'persons',
    signer = `authorities/${authority}`,
    more: string[] = [],
  ): Promise<string> {
    const port = await freePort();
    const at = (name: string) => this.path(`authorities/${name}`);
    const register = ['-index', at(`${authority}.index`), '-CA', at(`${authority}.pem`)];
    const signing = ['-rsigner', this.path(`${signer}.pem`), '-rkey', this.path(`${signer}.key`)];
    const args = ['ocsp', '-port', String(port), ...register, ...signing, '-ndays', '1', ...more];
    this.#responder = spawn('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'] });
    await new Promise<void>((resolve, reject) => {
      const heard = (chunk: Buffer) => /waiting|ACCEPT/i.test(String(chunk)) && resolve();
      this.#responder!.stdout!.on('data', heard);
      this.#responder!.stderr!.on('data', heard);
      this.#responder!.once('exit', () => reject(new Error('openssl ocsp ended')));
    });
    return `http://127.0.0.1:${port}`;
  }

  stopResponder(): void {
    this.#responder?.removeAllListeners('exit');
    this.#responder?.kill();
    this.#responder = undefined;
  }

  remove(): void {
    this.stopResponder();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
