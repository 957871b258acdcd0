import { SystemRandom } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { SettableClock } from '@portillon/testing';
import type { DataSource, EntityManager } from 'typeorm';
import { PendingSignInEntity, PendingSignInRepository } from '../pending-sign-in/pending-sign-in.repository';
import { PendingSignInService } from '../pending-sign-in/pending-sign-in.service';
import { SessionEntity } from '../session/session.entity';
import { SessionOptions, SessionPolicy } from '../session/session.policy';
import { SessionRepository } from '../session/session.repository';
import { SessionService } from '../session/session.service';
import type { NewPendingSignIn, NewSession, Principal } from '../session/session.types';
import { TrustedDeviceEntity } from '../trusted-device/trusted-device.entity';
import { TrustedDeviceRepository } from '../trusted-device/trusted-device.repository';
import { TrustedDeviceService } from '../trusted-device/trusted-device.service';
import { PersonEntity } from './person';

export const claire: Principal = {
  accountId: 'claire',
  username: 'claire.martin',
  displayName: 'Claire Martin',
  roles: ['professional'],
  structure: { id: 'structure-1', name: 'Hôpital des 3 Dames' },
};
export const paul: Principal = { ...claire, accountId: 'paul', username: 'paul.durand', structure: null };
const firefox = { userAgent: 'Firefox', address: '192.0.2.1' };

/** The three services on one database, with shortcuts. */
export class SessionFixture {
  readonly clock = new SettableClock();
  readonly random = new SystemRandom(this.clock);
  readonly sessions: SessionService;
  readonly signIns: PendingSignInService;
  readonly browsers: TrustedDeviceService;

  constructor(
    private readonly dataSource: DataSource,
    options: SessionOptions = {},
  ) {
    const policy = new SessionPolicy(options);
    const { clock, random } = this;
    const sessions = new SessionRepository(dataSource.getRepository(SessionEntity));
    const signIns = new PendingSignInRepository(dataSource.getRepository(PendingSignInEntity));
    const browsers = new TrustedDeviceRepository(dataSource.getRepository(TrustedDeviceEntity));
    this.sessions = new SessionService(sessions, new Transactions(dataSource), clock, random, policy);
    this.signIns = new PendingSignInService(signIns, clock, random, policy);
    this.browsers = new TrustedDeviceService(browsers, clock, random, policy);
  }

  async empty(): Promise<void> {
    for (const entity of [SessionEntity, PendingSignInEntity, TrustedDeviceEntity])
      await this.dataSource.getRepository(entity).deleteAll();
  }

  inOne<Result>(work: (tx: EntityManager) => Promise<Result>): Promise<Result> {
    return new Transactions(this.dataSource).run(work);
  }

  open(changes: Partial<NewSession> = {}) {
    return this.inOne((tx) => this.sessions.open(newSession(changes), tx));
  }

  /** Opens a session as callers do: after a write to the person's row, here that of {@link PERSON}. */
  openInTurn(changes: Partial<NewSession> = {}) {
    return this.inOne(async (tx) => {
      await tx.getRepository(PersonEntity).update({ id: 'claire' }, { signedInAt: this.clock.now() });
      return this.sessions.open(newSession(changes), tx);
    });
  }

  start(changes: Partial<NewPendingSignIn> = {}) {
    const request: NewPendingSignIn = {
      principal: claire,
      means: 'password',
      amr: ['pwd'],
      browserId: null,
      ...changes,
    };
    return this.inOne((tx) => this.signIns.start(request, tx));
  }

  remember(accountId = 'claire') {
    const request = { accountId, codeAcceptedAt: this.clock.now(), device: firefox };
    return this.inOne((tx) => this.browsers.remember(request, tx));
  }

  rotateBrowser(token: string, codeAcceptedAt?: Date) {
    return this.inOne((tx) => this.browsers.rotate(token, { codeAcceptedAt }, tx));
  }
}

export function newSession(changes: Partial<NewSession> = {}): NewSession {
  return {
    principal: claire,
    means: 'password',
    acr: null,
    amr: ['pwd', 'mail'],
    codeAcceptedAt: null,
    codeValidUntilAt: null,
    browserId: null,
    device: firefox,
    ...changes,
  };
}

/** Texts that a hostile client may put in a cookie instead of `token`. */
export function hostileTexts(token: string): (string | undefined)[] {
  const [id, secret] = token.split('.') as [string, string];
  return [
    undefined,
    '',
    '.',
    '~',
    id,
    `${id}.`,
    `.${secret}`,
    token.slice(0, -1),
    `${token}\n`,
    `${token}\0`,
    ` ${token}`,
    `${token}${token}`,
    `${token}.${secret}`,
    `${id.toUpperCase()}.${secret}`,
    `${id}.${secret.slice(0, -1)}é`,
    `${id}.${'A'.repeat(43)}`,
    `${id}' OR '1'='1.${secret}`,
    '__proto__',
    'x'.repeat(1_000_000),
    `${'\u{1F600}'.repeat(5_000)}`,
  ];
}
