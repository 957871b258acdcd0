import { DAY, HOUR, addMilliseconds } from '@portillon/kernel';
import type { SmsProviderOptions } from '@portillon/notification';
import type { OperationOptions } from '../operation.options';
import { statementOf } from '../trust/statement.service';
import { openness, STATED_MEANS } from '../trust/people-facts.service';
import type { Retention, Statement, StructureFacts, TableFacts } from '../trust/statement.types';

const SBOM = '5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef';

export const NOW = new Date('2026-11-29T15:00:00.000Z');

const PRODUCTION: OperationOptions = {
  version: '1.2.3',
  sbomSha256: SBOM,
  production: true,
  demo: false,
  publicUrl: 'https://portillon.example',
  serviceName: 'Portillon',
  operatorName: 'GCS Santé',
  supportEmail: null,
  securityContact: null,
  databaseUrl: 'mysql://portillon:secret@db.example/portillon',
  database: { replicaUrl: null, tls: { mode: 'verify', caFile: null } },
  redisUrl: null,
  tls: null,
  mail: { transport: ['smtp://relay:secret@mail.example:587'], requireTls: true },
  sms: [],
  proSanteConnect: {
    discoveryUrl:
      'https://auth.esw.esante.gouv.fr/auth/realms/esante-wallet/.well-known/wallet-openid-configuration',
    authentication: { clientSecret: 'secret' },
  },
  cpx: null,
  passkeys: null,
  totp: false,
  recoveryCodes: false,
  adminStrongMeans: false,
  annuaire: null,
  auditStream: null,
  acrOfMeans: '',
  codeWindowHours: 24,
  codeWindowScope: 'browser',
  sessionIdleMinutes: 30,
  sessionMaxHours: 4,
  telemetry: null,
};

const CARDS = {
  trustFile: '/etc/portillon/igc.pem',
  ocspUrl: null,
  allowServiceCards: false,
  url: null,
  port: null,
};

const RETENTION: Retention[] = [
  { of: 'journal', days: 365 },
  { of: 'imports', days: 30 },
];

export function structure(changes: Partial<StructureFacts> = {}): StructureFacts {
  return {
    name: 'Hôpital des Trois Dames',
    stage: 'none',
    strongMeansFrom: null,
    proSanteConnectFrom: null,
    ...openness([...STATED_MEANS]),
    codeWindowHours: 24,
    people: 340,
    lacking: 120,
    ...changes,
  };
}

const TABLES: TableFacts = {
  structures: [],
  people: { total: 0, card: 0, passkey: 0, sms: 0, mail: 0, outsideStructures: 0 },
  identities: { people: 0, unverified: 0, due: 0, unknownToDirectory: 0 },
  administering: ['pro-sante-connect', 'cpx', 'passkey', 'password'],
  emergencyAccesses: [],
  secretKeys: [{ id: 'k2026', saidKeptElsewhereAt: addMilliseconds(NOW, -30 * DAY) }],
  signingKeys: [
    {
      id: 'a',
      algorithm: 'RS256',
      state: 'active',
      createdAt: addMilliseconds(NOW, -60 * DAY),
      activatedAt: addMilliseconds(NOW, -59 * DAY),
      retiredAt: null,
      bits: 3_072,
      ageDays: 60,
    },
  ],
  revocationLists: [],
  journal: {
    head: { sequence: 812, sealedAt: addMilliseconds(NOW, -HOUR) },
    waitingSeconds: 2,
    proof: { verdict: 'PROVEN', endedAt: addMilliseconds(NOW, -DAY), lines: 40_112 },
    stream: 'syslog',
  },
  applicationsWithoutPkce: 0,
  missingLegalTexts: [],
  commitRisks: [],
};

interface Given {
  settings?: Partial<OperationOptions>;
  tables?: Partial<TableFacts>;
}

/** A production deployment with Pro Santé Connect, and the given differences. */
export function stated({ settings, tables }: Given = {}): Statement {
  return statementOf({
    settings: { ...PRODUCTION, ...settings },
    tables: { ...TABLES, ...tables },
    retention: RETENTION,
    at: NOW,
  });
}

/**
 * The deployment of the specification: password with a code by mail or SMS, valid for 24 hours; the card; Pro Santé
 * Connect.
 */
export function asTheProcedureSays(): Statement {
  return stated({
    settings: { cpx: CARDS, sms: [{ kind: 'twilio' } as SmsProviderOptions] },
    tables: {
      structures: [
        structure(),
        structure({
          name: 'Centre de santé du Port',
          stage: 'encouraged',
          strongMeansFrom: new Date('2027-09-01T00:00:00+02:00'),
          codeWindowHours: 12,
          people: 41,
          lacking: 9,
        }),
      ],
      people: { total: 384, card: 250, passkey: 5, sms: 79, mail: 50, outsideStructures: 3 },
      identities: { people: 390, unverified: 134, due: 12, unknownToDirectory: 0 },
      emergencyAccesses: [{ means: 'password', until: addMilliseconds(NOW, 5 * HOUR) }],
      revocationLists: [
        {
          authority: 'AC IGC-SANTE FORT PERSONNES',
          issuedAt: addMilliseconds(NOW, -7 * HOUR),
          goodUntil: addMilliseconds(NOW, 6 * DAY),
        },
      ],
    },
  });
}

/** Requires strong means everywhere, also of administrators. */
export function strict(): Statement {
  return stated({
    settings: {
      adminStrongMeans: true,
      passkeys: {},
      codeWindowHours: 0,
      annuaire: { url: 'https://gateway.api.esante.gouv.fr/fhir/v2' },
    },
    tables: {
      structures: [
        structure({
          stage: 'required',
          strongMeansFrom: new Date('2026-09-01T00:00:00+02:00'),
          ...openness(['pro-sante-connect', 'cpx', 'passkey']),
          codeWindowHours: 0,
          lacking: 0,
        }),
      ],
      people: { total: 340, card: 300, passkey: 40, sms: 0, mail: 0, outsideStructures: 0 },
      identities: { people: 340, unverified: 0, due: 0, unknownToDirectory: 2 },
      administering: ['pro-sante-connect', 'cpx', 'proven-passkey', 'emergency'],
    },
  });
}

/** A deployment that neither an attestation nor the law allows. */
export function forbidden(): Statement {
  return stated({
    settings: {
      codeWindowScope: 'account',
      totp: true,
      recoveryCodes: true,
      database: { replicaUrl: null, tls: { mode: 'off', caFile: null } },
      proSanteConnect: null,
    },
    tables: {
      structures: [
        structure({
          name: '# Hôpital <b>[du](http://x) | Nord',
          stage: 'encouraged',
          strongMeansFrom: new Date('2029-06-01T00:00:00+02:00'),
        }),
      ],
      people: { total: 340, card: 0, passkey: 0, sms: 0, mail: 340, outsideStructures: 0 },
      identities: { people: 352, unverified: 352, due: 0, unknownToDirectory: 0 },
      journal: { head: null, waitingSeconds: 0, proof: null, stream: 'off' },
      missingLegalTexts: ['publisherName', 'hostName'],
      signingKeys: [],
      secretKeys: [{ id: 'k2026', saidKeptElsewhereAt: null }],
    },
  });
}
