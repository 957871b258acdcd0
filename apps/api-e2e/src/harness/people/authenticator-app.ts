import { execFileSync } from 'node:child_process';
import { describeWith, find } from '../services/programs';
import type { Person } from './person';
import type { Stage } from '../server/stage';
import type { Visitor } from './visitor';

const STEP_SECONDS = 30;

export const describeWithOathtool = describeWith('oathtool', Boolean(find('oathtool')), 'oathtool');

/** A person's authenticator app: `oathtool` of Debian, which is no part of the product. */
export class AuthenticatorApp {
  constructor(
    private readonly stage: Stage,
    private readonly person: Person,
    private readonly secret: string,
  ) {}

  /** Adds one in a session that was opened just now. */
  static async add(stage: Stage, person: Person, browser: Visitor): Promise<AuthenticatorApp> {
    const { body } = await browser.post('/api/account/totp', {});
    const app = new AuthenticatorApp(stage, person, body.secret);
    await browser.post('/api/account/totp/confirmation', { code: app.code() });
    await app.later();
    return app;
  }

  code(stepsAhead = 0): string {
    const time = Math.floor(Date.now() / 1000) + stepsAhead * STEP_SECONDS;
    return execFileSync('oathtool', ['--totp', '--base32', `--now=@${time}`, this.secret], {
      encoding: 'utf8',
    }).trim();
  }

  /** No code of this step, nor of those beside it, which are taken too. */
  wrongCode(): string {
    const taken = [-1, 0, 1, 2].map((stepsAhead) => this.code(stepsAhead));
    return ['000000', '111111', '222222', '333333', '444444'].find((code) => !taken.includes(code))!;
  }

  /** As if the steps whose codes were used were past: no test waits for the clock. */
  async later(): Promise<void> {
    await this.stage.database.execute('UPDATE totp SET lastStep = 1 WHERE accountId = ?', [this.person.id]);
  }
}
