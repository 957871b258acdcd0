import { Keyring, SystemRandom } from '@portillon/kernel';
import { SettableClock, SoftAuthenticator, TestDatabase } from '@portillon/testing';
import { ChallengeService, UsedChallengeEntity, UsedChallengeRepository } from '../challenge.service';
import type { PasskeyOptions } from '../passkey.options';
import { PasskeyAssertionService } from '../passkey/passkey-assertion.service';
import { PasskeyOwnerEntity, PasskeyOwnerRepository } from '../passkey/passkey-owner.repository';
import { PasskeyRegistrationService } from '../passkey/passkey-registration.service';
import { PasskeyEntity } from '../passkey/passkey.entity';
import { PasskeyRepository } from '../passkey/passkey.repository';
import { PasskeyService } from '../passkey/passkey.service';

export const ORIGIN = 'https://portillon.example';
export const CLAIRE = { accountId: 'claire', username: 'claire.martin', displayName: 'Claire Martin' };
export const PAUL = { accountId: 'paul', username: 'paul.durand', displayName: 'Paul Durand' };
export const SIGN_IN = { purpose: 'sign-in', binding: '' } as const;

/** The services of this lib on a database of a test. */
export class PasskeyFixture {
  readonly clock = new SettableClock();
  readonly options: PasskeyOptions = {
    enabled: true,
    totp: true,
    rpId: 'portillon.example',
    rpName: 'Portillon',
    origin: ORIGIN,
    relatedOrigins: [],
  };
  readonly challenges: ChallengeService;
  readonly registrations: PasskeyRegistrationService;
  readonly assertions: PasskeyAssertionService;
  readonly passkeys: PasskeyService;

  constructor(private readonly database: TestDatabase) {
    const { dataSource } = database;
    const random = new SystemRandom(this.clock);
    const keyring = new Keyring([{ id: 'test', secret: Buffer.alloc(32, 7) }]);
    const rows = new PasskeyRepository(dataSource.getRepository(PasskeyEntity));
    const owners = new PasskeyOwnerRepository(dataSource.getRepository(PasskeyOwnerEntity));
    const used = new UsedChallengeRepository(dataSource.getRepository(UsedChallengeEntity));
    this.challenges = new ChallengeService(used, this.clock, random, keyring);
    this.registrations = new PasskeyRegistrationService(
      rows,
      owners,
      this.challenges,
      this.clock,
      random,
      this.options,
    );
    this.assertions = new PasskeyAssertionService(rows, owners, this.challenges, this.clock, this.options);
    this.passkeys = new PasskeyService(rows, owners, this.clock, this.options);
  }

  /** An authenticator with a passkey of this person. */
  async enrolled(person = CLAIRE, synced = false): Promise<SoftAuthenticator> {
    const authenticator = new SoftAuthenticator(ORIGIN, synced);
    const { options, cookie } = (await this.registrations.begin(person, 'session', false))!;
    const checked = await this.registrations.check(person, 'session', cookie, authenticator.create(options));
    if (checked.status !== 'verified') throw new Error(checked.reason);
    const facts = { name: 'Clé', identityProof: null };
    await this.database.transactions.run((tx) => this.registrations.save(checked, facts, tx));
    return authenticator;
  }
}
