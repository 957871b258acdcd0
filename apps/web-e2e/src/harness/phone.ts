import { expect, type Locator } from '@playwright/test';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Server } from './server';

const STEP_SECONDS = 30;

/** A person's phone with an authenticator app: `zbarimg` is its eye, `oathtool` its clockwork, none of them ours. */
export class Phone {
  #secret = '';

  constructor(private readonly server: Server) {}

  /** Whether this machine has its parts. */
  static available(): boolean {
    return ['oathtool', 'zbarimg'].every((program) => !spawnSync(program, ['--version']).error);
  }

  /** Scans what is on the screen, and nothing else. */
  async scan(image: Locator): Promise<string> {
    const file = join(mkdtempSync(join(tmpdir(), 'portillon-qr-')), 'qr.png');
    writeFileSync(file, await image.screenshot());
    const uri = execFileSync('zbarimg', ['--quiet', '--raw', file], { encoding: 'utf8' }).trim();
    const { searchParams } = new URL(uri);
    this.#secret = searchParams.get('secret') ?? '';
    expect(this.#secret).toMatch(/^[A-Z2-7]{32}$/);
    return uri;
  }

  get secret(): string {
    return this.#secret;
  }

  /** What the app shows, now or so many steps later. */
  code(stepsAhead = 0): string {
    const seconds = Math.floor(this.server.now / 1000) + stepsAhead * STEP_SECONDS;
    const args = ['--totp', '--base32', `--now=@${seconds}`, this.#secret];
    return execFileSync('oathtool', args, { encoding: 'utf8' }).trim();
  }
}
