import { Test, TestingModule } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountModule, accountPersistence } from '@portillon/account';
import {
  ApplicationEntity,
  ApplicationModule,
  applicationPersistence,
  ApplicationService,
} from '@portillon/application';
import { issueToken, KernelModule, Keyring, MetricsRegistry, SystemRandom } from '@portillon/kernel';
import { PersistenceModule, PersistencePart, Transactions } from '@portillon/persistence';
import { Session, SessionModule, sessionPersistence, SessionService } from '@portillon/session';
import { SettableClock } from '@portillon/testing';
import type { DataSource } from 'typeorm';
import { GateCheckService } from '../check/gate-check.service';
import { gatePersistence } from '../gate.persistence';
import { GateRuleRepository } from '../rules/gate-rule.repository';
import type { GateRule } from '../rules/gate-rule.repository';
import { GateSessionRepository } from '../sign-in/gate-session.repository';
import { GateSessionService } from '../sign-in/gate-session.service';
import { GateSignInRepository } from '../sign-in/gate-sign-in.repository';
import { callbackOf } from '../sign-in/own-pages';
import type { GateSignIn } from '../sign-in/own-pages';

export const GATE_PARTS: PersistencePart[] = [
  accountPersistence,
  applicationPersistence,
  sessionPersistence,
  gatePersistence,
];
export const ORIGIN = 'https://app.example';
export const CLAIRE = { id: 'claire', email: 'claire@hopital.example' };

export const RULE: GateRule = {
  paths: ['/'],
  methods: [],
  access: 'signed-in',
  roles: [],
  structures: [],
  acr: null,
  maxAgeSeconds: null,
};

const keyring = new Keyring([{ id: 'test', secret: Buffer.alloc(32, 1) }]);

/** A server on a database, with the rows of other libs that it reads. */
export class GateFixture {
  readonly random = new SystemRandom(this.clock);
  readonly signIns = this.module.get(GateSignInRepository);
  readonly gateSessions = this.module.get(GateSessionService);
  readonly sessions = this.module.get(SessionService, { strict: false });
  readonly applications = this.module.get(ApplicationService, { strict: false });
  readonly checks = this.module.get(GateCheckService);
  readonly metrics = this.module.get(MetricsRegistry, { strict: false });
  readonly #rules = this.module.get(GateRuleRepository);

  private constructor(
    private readonly module: TestingModule,
    private readonly dataSource: DataSource,
    readonly clock: SettableClock,
  ) {}

  static async on(dataSource: DataSource): Promise<GateFixture> {
    const clock = new SettableClock();
    const module = await Test.createTestingModule({
      imports: [
        KernelModule.forRoot({ keyring, clock }),
        TypeOrmModule.forRootAsync({
          useFactory: () => ({ type: 'mysql' }),
          dataSourceFactory: async () => dataSource,
        }),
        PersistenceModule,
        AccountModule.forRoot({}),
        ApplicationModule.forRoot({}),
        SessionModule.forRoot({}),
        TypeOrmModule.forFeature(gatePersistence.entities),
      ],
      providers: [
        GateCheckService,
        GateRuleRepository,
        GateSessionRepository,
        GateSessionService,
        GateSignInRepository,
      ],
    }).compile();
    return new GateFixture(module, dataSource, clock);
  }

  async addClaire(): Promise<void> {
    const blank = {
      locale: 'fr',
      status: 'ACTIVE',
      roles: [],
      codeChannel: 'EMAIL',
      version: 1,
      national: false,
    };
    const keys = { usernameKey: 'claire', emailKey: 'claire', displayNameKey: 'claire' };
    const named = { username: 'claire.martin', displayName: 'Claire Martin', createdAt: this.clock.now() };
    await this.#rows('account').insert({ ...blank, ...keys, ...named, ...CLAIRE });
  }

  async addApplication(
    id: string,
    changes: Partial<ApplicationEntity> = {},
    rules: Partial<GateRule>[] = [{}],
  ) {
    const row = application(id, this.clock.now(), changes);
    await this.#rows('application').insert(row);
    const origins = row.redirectUris.map((uri) => ({ origin: new URL(uri).origin, applicationId: id }));
    // The first that registers an origin holds it.
    const held = this.#rows('applicationOrigin').createQueryBuilder().insert();
    await held.values(origins).orIgnore().execute();
    await this.setRules(id, rules);
  }

  async setRules(applicationId: string, rules: Partial<GateRule>[]): Promise<void> {
    const rows = rules.map((rule, position) => {
      return { ...RULE, ...rule, id: this.random.id(), applicationId, position };
    });
    await new Transactions(this.dataSource).run((tx) => this.#rules.replace(applicationId, rows, tx));
  }

  change(table: string, id: string, changes: object): Promise<unknown> {
    return this.#rows(table).update({ id }, changes);
  }

  /** A session of Claire's at Portillon. */
  async openSession(id: string, changes: Partial<Session> = {}): Promise<Session> {
    const session = sessionOf(id, this.clock.now(), changes);
    const { device, ...columns } = session;
    await this.#rows('session').insert({
      ...columns,
      ...device,
      secretDigest: 'digest',
      endedAt: null,
      endReason: null,
    });
    return session;
  }

  /** The cookie of an application, for a session at Portillon. */
  async cookieFor(applicationId: string, sessionId: string): Promise<string> {
    const { id, secretDigest, value } = issueToken(this.random);
    const expiresAt = new Date(this.clock.now().getTime() + 4 * 3_600_000);
    await this.#rows('gateSession').insert({
      id,
      applicationId,
      sessionId,
      sid: 'sid',
      secretDigest,
      expiresAt,
    });
    return value;
  }

  signIn(): GateSignIn {
    const expiresAt = new Date(this.clock.now().getTime() + 900_000).toISOString();
    const level = { acr: null, maxAgeSeconds: null };
    return { id: this.random.id(), applicationId: 'app', origin: ORIGIN, target: '/', ...level, expiresAt };
  }

  count(table: string): Promise<number> {
    return this.#rows(table).count();
  }

  #rows<Row extends object = Record<string, unknown>>(table: string) {
    return this.dataSource.getRepository<Row>(table);
  }
}

export function application(
  id: string,
  now: Date,
  changes: Partial<ApplicationEntity> = {},
): ApplicationEntity {
  return {
    id,
    kind: 'gate',
    structureId: null,
    name: id,
    nameKey: id,
    redirectUris: [callbackOf(ORIGIN)],
    postLogoutRedirectUris: [],
    initiateLoginUri: null,
    backchannelLogoutUri: null,
    homeUri: null,
    authMethod: 'none',
    jwks: null,
    jwksUri: null,
    tlsSubjectDn: null,
    scopes: ['openid'],
    audienceRoles: [],
    audienceStructures: [],
    audienceProfessions: [],
    minAcr: null,
    maxAgeSeconds: null,
    confirmIdentity: false,
    trusted: true,
    claimsShape: 'plain',
    idTokenAlg: 'RS256',
    pkce: 'required',
    claimNames: true,
    claimMail: false,
    claimGroups: true,
    resources: [],
    offlineAccess: false,
    gateAssertion: true,
    status: 'active',
    firstSeenAt: now,
    seenFrom: '10.0.0.2',
    version: 1,
    createdAt: now,
    updatedAt: now,
    ...changes,
  };
}

export function sessionOf(id: string, now: Date, changes: Partial<Session> = {}): Session {
  const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
  return {
    id,
    accountId: CLAIRE.id,
    principal: {
      accountId: CLAIRE.id,
      username: 'claire.martin',
      displayName: 'Hélène Martin',
      roles: ['professional'],
      structure: { id: 'hospital', name: 'Hôpital des Trois Dames' },
    },
    means: 'password',
    acr: null,
    amr: ['pwd', 'mail'],
    activity: null,
    proof: { code: 'mail' },
    signedInAt: now,
    codeAcceptedAt: now,
    codeValidUntilAt: later(24 * 60),
    authenticatedAt: now,
    idleExpiresAt: later(30),
    expiresAt: later(240),
    browserId: null,
    device: { userAgent: 'Firefox', address: '192.0.2.1' },
    rotation: 0,
    ...changes,
  };
}

/** A request to the application, as the proxies' readers give it. */
export function requestTo(
  path: string,
  changes: { origin?: string; method?: string; wantsPage?: boolean } = {},
) {
  return {
    origin: ORIGIN,
    target: path,
    path,
    method: 'GET',
    wantsPage: true,
    byPerson: true,
    address: '192.0.2.1',
    addressBlock: '192.0.2.1',
    proxy: '10.0.0.2',
    ...changes,
  };
}
