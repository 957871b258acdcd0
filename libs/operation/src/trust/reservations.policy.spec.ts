import type { Verdict } from '@portillon/audit';
import {
  asTheProcedureSays,
  forbidden,
  NOW,
  stated,
  strict,
  structure,
} from '../testing/deployments.fixture';
import { openness } from './people-facts.service';

type Given = NonNullable<Parameters<typeof stated>[0]>;
type Row = [id: string, state: string, departs: Given, keeps: Given];

const tables = (...structures: ReturnType<typeof structure>[]): Given => ({ tables: { structures } });
const outside = (outsideStructures: number, structures = [structure()]): Given => {
  const people = { total: 9, card: 0, passkey: 0, sms: 0, mail: 9, outsideStructures };
  return { tables: { people, structures } };
};
const closed = structure({
  ...openness(['pro-sante-connect', 'cpx', 'passkey']),
  strongMeansFrom: new Date('2026-01-01'),
});
const dated = (day: string) => structure({ strongMeansFrom: new Date(day) });
const account = { codeWindowScope: 'account' } as const;
const cards = (allowServiceCards: boolean): Given => {
  return { settings: { cpx: { trustFile: '', ocspUrl: null, allowServiceCards, url: null, port: null } } };
};

const proved = (verdict: Verdict): Given => {
  const proof = { verdict, endedAt: NOW, lines: 9 };
  return { tables: { journal: { head: null, waitingSeconds: 0, proof, stream: 'off' } } };
};

/** A deployment that looks up national ids. */
const identities = (counts: object): Given => ({
  settings: { annuaire: { url: 'https://fhir.example' } },
  tables: { identities: { people: 9, unverified: 0, due: 0, unknownToDirectory: 0, ...counts } },
});

const ROWS: Row[] = [
  ['password-alone', 'forbidden', { settings: account }, { settings: { codeWindowScope: 'browser' } }],
  ['password-alone', 'forbidden', { settings: account }, { settings: { ...account, codeWindowHours: 0 } }],
  ['password-alone', 'forbidden', { settings: account }, { settings: account, ...tables(closed) }],
  ['recovery-codes', 'forbidden', { settings: { totp: true, recoveryCodes: true } }, {}],
  ['no-pro-sante-connect', 'due', { settings: { proSanteConnect: null } }, {}],
  ['legal-notice', 'due', { tables: { missingLegalTexts: ['hostName'] } }, {}],
  ['commits-lost', 'due', { tables: { commitRisks: ['flush'] } }, { tables: { commitRisks: ['few-nodes'] } }],
  ['pkce-off', 'due', { tables: { applicationsWithoutPkce: 1 } }, {}],
  ['not-production', 'due', { settings: { production: false } }, {}],
  ['transition-over', 'reserved', tables(structure()), tables(closed)],
  ['transition-over', 'reserved', outside(1, [closed]), outside(0, [closed])],
  ['transition-over', 'reserved', tables(), tables(closed)],
  ['transition-over', 'reserved', { settings: { passkeys: {} }, ...tables(closed) }, tables(closed)],
  ['outside-pro-sante-connect', 'reserved', {}, tables(closed)],
  ['outside-pro-sante-connect', 'reserved', { ...cards(false), ...tables(closed) }, tables(closed)],
  ['journal-not-proven', 'due', proved('NOT PROVEN'), proved('PROVEN')],
  ['journal-not-proven', 'due', proved('NOT PROVEN'), proved('INCONCLUSIVE')],
  ['card-directly', 'reserved', cards(false), {}],
  ['service-cards', 'reserved', cards(true), cards(false)],
  ['not-two-categories', 'reserved', tables(structure()), tables(closed)],
  ['long-single-factor', 'reserved', {}, { settings: { codeWindowHours: 4 } }],
  [
    'long-single-factor',
    'reserved',
    tables(structure({ codeWindowHours: 5 })),
    tables(structure({ codeWindowHours: 4 })),
  ],
  ['long-single-factor', 'reserved', outside(1, [structure({ codeWindowHours: 4 })]), tables(closed)],
  ['no-end-date', 'reserved', tables(structure()), tables(dated('2028-12-01'))],
  ['no-end-date', 'reserved', tables(dated('2029-01-01')), tables(closed)],
  ['no-end-date', 'reserved', tables(dated('2028-12-25')), tables(dated('2028-12-15'))],
  ['no-end-date', 'reserved', outside(1, [dated('2027-01-01')]), outside(0, [dated('2027-01-01')])],
  ['identity-not-proven', 'reserved', identities({ unverified: 1 }), identities({})],
  ['identity-not-proven', 'reserved', identities({ unknownToDirectory: 1 }), identities({ due: 1 })],
  ['identity-not-proven', 'reserved', {}, identities({})],
  ['no-renewal', 'reserved', identities({ due: 1 }), identities({ unverified: 1 })],
  ['no-renewal', 'reserved', {}, identities({})],
  [
    'administrators-by-password',
    'reserved',
    {},
    { tables: { administering: ['pro-sante-connect', 'emergency'] } },
  ],
];

/** The reservations that no setting removes in this version. */
const ALWAYS = ['session-that-moves'];

describe('the reservations of a deployment', () => {
  const found = (given: Given, id: string) => stated(given).reservations.find((one) => one.id === id);

  it.each(ROWS)('hold %s as %s where it departs, and not where it does not', (id, state, departs, keeps) => {
    expect(found(departs, id)).toMatchObject({ state });
    expect(found(keeps, id)).toBeUndefined();
  });

  it.each(ALWAYS)('hold %s whatever the settings say', (id) => {
    expect(found({}, id)).toMatchObject({ state: 'reserved' });
    expect(strict().reservations.map((one) => one.id)).toContain(id);
  });

  it('are all in the table above', () => {
    const known = new Set([...ROWS.map(([id]) => id), ...ALWAYS]);
    const all = [asTheProcedureSays(), strict(), forbidden()].flatMap(({ reservations }) => reservations);
    expect(all.map(({ id }) => id).filter((id) => !known.has(id))).toEqual([]);
  });

  it('do not prevent signing where each may be reserved', () => {
    expect([asTheProcedureSays(), strict(), forbidden()].map(({ signable }) => signable)).toEqual([
      true,
      true,
      false,
    ]);
    expect(stated({ tables: { missingLegalTexts: ['hostName'] } }).signable).toBe(false);
  });

  it('send who lacks a text of the law to where it is written, the page or the folder', () => {
    const planOf = (...missing: string[]) =>
      stated({ tables: { missingLegalTexts: missing } }).reservations.find(({ id }) => id === 'legal-notice')!
        .plan;
    expect(planOf('hostName')).not.toContain('SITE_STATEMENTS');
    expect(planOf('accessibilityDeclaration')).not.toContain('Mentions');
    expect(planOf('hostName', 'accessibilityPlan')).toMatch(/Mentions.*SITE_STATEMENTS/);
  });

  it('say of each what to do, and never leave a sentence empty', () => {
    for (const { says, found: here, plan, source, clause } of forbidden().reservations)
      for (const text of [says, here, plan, source, clause]) expect(text).toMatch(/\p{L}/u);
  });
});
