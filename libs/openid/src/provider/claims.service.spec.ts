import type { AccountProfile } from '@portillon/account';
import type { ClientApplication } from '@portillon/application';
import type { Session, SessionActivity } from '@portillon/session';
import { application, session, SIGNED_IN_AT } from '../testing/openid.fixture';
import { claimsOf, receivedClaims } from './claims.service';

const CLAIRE = {
  id: 'claire',
  username: 'claire.martin',
  displayName: 'Claire Martin',
  givenName: null,
  familyName: null,
  locale: 'fr',
  status: 'ACTIVE',
  email: 'claire@hopital.example',
  phone: '+33612345678',
  roles: ['professional'],
  structure: null,
  memberships: [],
  nationalId: '899700366240',
} as unknown as AccountProfile;
const ACTIVITY: SessionActivity = {
  profession: '10',
  skill: 'SM26',
  mode: 'S',
  sector: 'SA01',
  structure: 'Hôpital Nord',
  structureId: '10B0152872',
};
const LEVEL = { acr: 'eidas1-mfa', amr: ['pwd', 'sms', 'mfa'] };
const ALL = 'openid profile email groups structure pro_sante';
const EVERYTHING = { claimNames: true, claimMail: true, claimGroups: true };

interface Asked {
  account?: Partial<AccountProfile>;
  scope?: string;
  named?: object;
  current?: Parameters<typeof session>[0];
}

function claims(
  changes: Partial<ClientApplication> = {},
  { account, scope = ALL, named, current }: Asked = {},
) {
  const asking = { application: application(changes), scope, named };
  return claimsOf({ ...CLAIRE, ...account }, session(current), LEVEL, asking);
}

describe('what an application may know of a person', () => {
  it('is, whatever it asks for, how they signed in and who they are to it', () => {
    expect(claims({}, { account: { nationalId: null } })).toEqual({
      sub: 'claire',
      means: 'password',
      code_time: SIGNED_IN_AT.getTime() / 1_000,
    });
  });

  it('is names, mail and groups where its switches allow them', () => {
    expect(claims(EVERYTHING)).toMatchObject({
      name: 'Claire Martin',
      preferred_username: 'claire.martin',
      locale: 'fr',
      email: 'claire@hopital.example',
      email_verified: true,
      groups: ['professional'],
    });
  });

  it('is the structure in use, with FINESS and function, and by another scope the list of all', () => {
    const place = (id: string, manages: boolean, ...roles: string[]) => ({
      structure: { id, name: id, finess: manages ? '750712184' : null },
      roles,
      function: manages ? null : 'Cardiologue',
      manages,
    });
    const memberships = [place('nord', true, 'professional'), place('sud', false, 'structure-admin')];
    const account = { memberships, structure: { id: 'nord', name: 'nord' } };
    const inSud = { principal: { structure: { id: 'sud', name: 'sud' } } as Session['principal'] };
    const [nord, sud] = [
      { id: 'nord', name: 'nord', finess: '750712184' },
      { id: 'sud', name: 'sud', function: 'Cardiologue' },
    ];
    expect(claims(EVERYTHING, { account })).toMatchObject({ structure: nord, groups: ['professional'] });
    expect(claims(EVERYTHING, { account, current: inSud })).toMatchObject({
      structure: sud,
      groups: ['structure-admin'],
    });
    const ofNord = { ...EVERYTHING, audienceStructures: ['nord'] };
    expect(claims(ofNord, { account, current: inSud })).toMatchObject({ structure: nord });
    expect(claims({}, { account })).not.toHaveProperty('structures');
    expect(claims({}, { account, scope: `${ALL} structures` })).toMatchObject({ structures: [nord, sud] });
  });

  it('is the parts of the name that are known', () => {
    const account = { givenName: 'Claire', familyName: 'Martin' };
    expect(claims(EVERYTHING, { account })).toMatchObject({ given_name: 'Claire', family_name: 'Martin' });
    expect(claims(EVERYTHING, { account: { ...account, familyName: null } })).not.toHaveProperty(
      'family_name',
    );
    for (const known of [claims({}, { account }), claims(EVERYTHING, { account, scope: 'openid' })])
      expect(known).not.toHaveProperty('given_name');
  });

  it('is names only where `profile` is asked for, to the letter', () => {
    for (const scope of ['openid', 'openid profiles'])
      expect(claims(EVERYTHING, { scope })).not.toHaveProperty('name');
  });

  it('is the name alone where `claims` names it and `profile` is not asked for, within the switch', () => {
    const asked = { scope: 'openid', named: { name: { essential: true } } };
    const known = claims(EVERYTHING, asked);
    expect(known).toMatchObject({ name: 'Claire Martin' });
    for (const other of ['preferred_username', 'locale']) expect(known).not.toHaveProperty(other);
    expect(claims({ ...EVERYTHING, claimNames: false }, asked)).not.toHaveProperty('name');
  });

  it('is no national identifier by `profile`, whatever the shape', () => {
    const psc = { ...EVERYTHING, claimsShape: 'psc' } as const;
    expect(claims(psc, { scope: 'openid profile' })).toMatchObject({ preferred_username: 'claire.martin' });
    expect(claims(psc)).toMatchObject({ preferred_username: '899700366240' });
  });

  it('is never the mobile number', () => {
    const everything = [claims(EVERYTHING), claims({ ...EVERYTHING, claimsShape: 'psc' })];
    expect(JSON.stringify(everything)).not.toMatch(/phone|33612345678/);
  });

  it('is no mail address that was not confirmed', () => {
    expect(claims(EVERYTHING, { account: { status: 'INVITED' } })).toMatchObject({ email_verified: false });
  });

  it('is the structure, the level that a provider stated, the national identifier and the activity', () => {
    const structure = { id: 'nord', name: 'Hôpital Nord' };
    const current = { acr: 'eidas2', activity: ACTIVITY, codeAcceptedAt: null };
    const known = claims({}, { account: { structure }, current });
    expect(known).toMatchObject({
      structure,
      upstream_acr: 'eidas2',
      national_id: '899700366240',
      activity: ACTIVITY,
    });
    expect(known).not.toHaveProperty('code_time');
  });
});

describe('an application that speaks Pro Santé Connect', () => {
  const psc = (asked: Asked = {}) => claims({ claimsShape: 'psc' }, asked);

  it('reads the person and the chosen activity in its words', () => {
    const known = psc({ current: { activity: ACTIVITY } });
    expect(known).toMatchObject({
      SubjectNameID: '899700366240',
      preferred_username: '899700366240',
      otherIds: [{ identifiant: '99700366240', origine: 'RPPS', qualite: 1 }],
      SubjectRole: ['10^1.2.250.1.213.1.1.5.5'],
      SubjectOrganization: 'Hôpital Nord',
      SubjectOrganizationID: '10B0152872',
      Secteur_Activite: 'SA01^1.2.250.1.71.4.2.4',
      SubjectRefPro: {
        exercices: [
          {
            codeProfession: '10',
            codeSavoirFaire: 'SM26',
            activities: [
              {
                codeModeExercice: 'S',
                codeSecteurDactivite: 'SA01',
                raisonSocialeSite: 'Hôpital Nord',
                identifiantTechniqueDeLaStructure: '10B0152872',
              },
            ],
          },
        ],
      },
    });
    expect(known).not.toHaveProperty('national_id');
    expect(known).not.toHaveProperty('activity');
  });

  it('reads the register of an ADELI identifier', () => {
    expect(psc({ account: { nationalId: '0751234567' } })).toMatchObject({
      otherIds: [{ identifiant: '751234567', origine: 'ADELI', qualite: 1 }],
    });
  });

  it('reads no claim that is not known', () => {
    const empty = {
      profession: null,
      skill: null,
      mode: null,
      sector: null,
      structure: null,
      structureId: null,
    };
    const known = psc({ account: { nationalId: null }, current: { activity: empty } });
    for (const absent of [
      'SubjectNameID',
      'otherIds',
      'SubjectRole',
      'SubjectOrganization',
      'SubjectOrganizationID',
      'Secteur_Activite',
    ])
      expect(known).not.toHaveProperty(absent);
    expect(JSON.stringify(known)).not.toContain('codeSavoirFaire');
    expect(psc()).not.toHaveProperty('SubjectRefPro');
  });
});

describe('what an application receives whatever the sign-in', () => {
  const received = (changes: Partial<ClientApplication>) =>
    receivedClaims(CLAIRE, application({ ...EVERYTHING, scopes: ALL.split(' '), ...changes }));

  it.each(['plain', 'psc'] as const)('is what it receives at one without an activity (%s)', (claimsShape) => {
    const { means, code_time, Palier_Authentification, ...expected } = claims({
      ...EVERYTHING,
      claimsShape,
    });
    expect([means, code_time]).not.toContain(undefined);
    expect(Palier_Authentification !== undefined).toBe(claimsShape === 'psc');
    expect(received({ claimsShape })).toEqual(expected);
  });

  it('is limited to the scopes of the application', () => {
    expect(received({ scopes: ['openid', 'email'] })).toEqual({
      sub: 'claire',
      email: 'claire@hopital.example',
      email_verified: true,
    });
  });
});
