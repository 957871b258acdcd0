import { Keyring, SECOND } from '@portillon/kernel';
import { SettableClock, TestDatabase } from '@portillon/testing';
import { generateSync } from 'otplib';
import type { PasskeyOptions } from '../passkey.options';
import { TotpCodeService } from '../totp/totp-code.service';
import { TotpEnrolmentService } from '../totp/totp-enrolment.service';
import { TotpEntity, TotpRepository } from '../totp/totp.repository';
import { TotpService } from '../totp/totp.service';
import { FixedRandom } from './fixed-random';

export const OLD_KEY = { id: 'old', secret: Buffer.alloc(32, 7) };
export const NEW_KEY = { id: 'new', secret: Buffer.alloc(32, 8) };
const OPTIONS = { enabled: false, totp: true, rpName: 'Portillon' } as PasskeyOptions;

/** The services of authenticator apps on a database of a test. */
export class TotpFixture {
  readonly clock = new SettableClock();
  readonly enrolment: TotpEnrolmentService;
  readonly totp: TotpService;

  constructor(
    private readonly database: TestDatabase,
    { keys = [OLD_KEY], offered = true } = {},
  ) {
    const rows = new TotpRepository(database.dataSource.getRepository(TotpEntity));
    const random = new FixedRandom(this.clock);
    const codes = new TotpCodeService(this.clock, random, new Keyring(keys), OPTIONS);
    this.enrolment = new TotpEnrolmentService(rows, codes, this.clock);
    this.totp = new TotpService(rows, codes, this.clock, { ...OPTIONS, totp: offered });
  }

  begin(accountId = 'claire') {
    return this.database.transactions.run((tx) => this.enrolment.begin(accountId, 'claire.martin', tx));
  }

  /** Confirms with a code: whether it was taken. */
  async confirm(code: string, accountId = 'claire'): Promise<boolean> {
    const proven = await this.enrolment.check(accountId, code);
    return proven ? this.database.transactions.run((tx) => this.enrolment.confirm(proven, tx)) : false;
  }

  /** The secret of an app that this person has, of which one step was used. */
  async enrolled(accountId = 'claire'): Promise<string> {
    const begun = await this.begin(accountId);
    if (!begun || !(await this.confirm(this.code(begun.secret), accountId))) throw new Error('not enrolled');
    return begun.secret;
  }

  /** Types a code and uses it up: whether it opened something. */
  async sign(code: string, accountId = 'claire'): Promise<boolean> {
    const app = await this.totp.open(accountId);
    const step = app && this.totp.compare(app, code);
    return step ? this.database.transactions.run((tx) => this.totp.use(step, tx)) : false;
  }

  /** The code that the app shows, or will show so many steps later. */
  code(secret: string, stepsAhead = 0): string {
    return generateSync({ secret, epoch: Math.floor(this.clock.now().getTime() / SECOND) + stepsAhead * 30 });
  }
}
