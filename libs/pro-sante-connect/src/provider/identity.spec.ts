import { activitiesOf, nationalIdOf, identityOf } from './identity';

const rpps = (identifiant: unknown) => ({ identifiant, origine: 'RPPS', qualite: 1 });
const adeli = (identifiant: unknown) => ({ identifiant, origine: 'ADELI', qualite: 1 });

describe('the national id', () => {
  it.each([
    ['SubjectNameID', { SubjectNameID: '899700366240' }, '899700366240'],
    [
      'SubjectNameID before the others',
      { SubjectNameID: '899700366240', otherIds: [rpps('10002673894')] },
      '899700366240',
    ],
    ['an id of the sandbox', { SubjectNameID: 'ANS20231122132732' }, 'ANS20231122132732'],
    ['an ADELI', { SubjectNameID: '0759876543' }, '0759876543'],
    ['the RPPS, with its digit', { otherIds: [rpps('10002673894')] }, '810002673894'],
    ['the RPPS that has its digit already', { otherIds: [rpps('810002673894')] }, '810002673894'],
    ['the RPPS before the ADELI', { otherIds: [adeli('759876543'), rpps('10002673894')] }, '810002673894'],
    ['the ADELI, with its digit', { otherIds: [adeli('759876543')] }, '0759876543'],
    ['an ADELI of Corsica', { otherIds: [adeli('2A9876543')] }, '02A9876543'],
    ['the same RPPS twice', { otherIds: [rpps('10002673894'), rpps('810002673894')] }, '810002673894'],
  ])('is %s', (_, claims, id) => {
    expect(nationalIdOf(claims)).toBe(id);
  });

  it.each([
    ['nothing', {}],
    ['the mail or the subject alone', { sub: '899700366240', email: 'claire@hopital.example' }],
    ['preferred_username alone', { preferred_username: '899700366240' }],
    [
      'a malformed id, whatever else there is',
      { SubjectNameID: "8' OR 1=1", otherIds: [rpps('10002673894')] },
    ],
    ['a number', { SubjectNameID: 899700366240 }],
    ['a list', { SubjectNameID: ['899700366240'] }],
    ['two RPPS that differ', { otherIds: [rpps('10002673894'), rpps('10003451274')] }],
    ['an RPPS too short', { otherIds: [rpps('1000267389')] }],
    ['an id of another origin', { otherIds: [{ identifiant: '10002673894', origine: 'FINESS' }] }],
    ['ids that are no list', { otherIds: { 0: rpps('10002673894') } }],
    ['ids that are nothing', { otherIds: [null, 'x', 7, []] }],
  ])('is never guessed from %s', (_, claims) => {
    expect(nationalIdOf(claims)).toBeUndefined();
  });
});

describe('the activities', () => {
  it('are those of every exercice', () => {
    const claims = {
      SubjectRefPro: {
        exercices: [
          {
            codeProfession: '10',
            codeSavoirFaire: 'SM26',
            activities: [
              {
                codeModeExercice: 'S',
                codeSecteurDactivite: 'SA01',
                raisonSocialeSite: 'Hôpital',
                numeroFinessSite: '1',
              },
              {
                codeModeExercice: 'L',
                enseigneCommercialeSite: 'Cabinet',
                identifiantTechniqueDeLaStructure: 'R2',
              },
            ],
          },
          { codeProfession: '60' },
        ],
      },
    };
    expect(activitiesOf(claims)).toEqual([
      {
        id: '0.0',
        profession: '10',
        skill: 'SM26',
        mode: 'S',
        sector: 'SA01',
        structure: 'Hôpital',
        structureId: '1',
      },
      {
        id: '0.1',
        profession: '10',
        skill: 'SM26',
        mode: 'L',
        sector: null,
        structure: 'Cabinet',
        structureId: 'R2',
      },
      {
        id: '1.0',
        profession: '60',
        skill: null,
        mode: null,
        sector: null,
        structure: null,
        structureId: null,
      },
    ]);
  });

  it.each([{}, { SubjectRefPro: null }, { SubjectRefPro: { exercices: 'x' } }, { SubjectRefPro: [] }])(
    'are none in %j',
    (claims) => expect(activitiesOf(claims)).toEqual([]),
  );

  it('are bounded in number and in length, without control characters', () => {
    const activities = Array.from({ length: 500 }, () => ({
      raisonSocialeSite: `a\u0000${'b'.repeat(5_000)}`,
    }));
    const found = activitiesOf({ SubjectRefPro: { exercices: [{ activities }, { activities }] } });
    expect(found).toHaveLength(50);
    expect(found[0]!.structure).toMatch(/^a b{198}$/);
  });
});

function identified(token: Record<string, unknown>, claims: Record<string, unknown> = {}) {
  return identityOf({
    idToken: 'header.claims.signature',
    token: { sub: 'f:claire', acr: 'eidas1', ...token },
    claims: { SubjectNameID: '899700366240', ...claims },
  });
}

describe('a person whom Pro Santé Connect proves', () => {
  it.each([
    [
      { given_name: 'Claire', family_name: 'MARTIN' },
      { givenName: 'Claire', familyName: 'MARTIN' },
    ],
    [{ family_name: 'MARTIN' }, { givenName: null, familyName: 'MARTIN' }],
    [
      { given_name: 12, family_name: ['MARTIN'] },
      { givenName: null, familyName: null },
    ],
  ])('is named as it states: %j', (claims, names) => {
    expect(identified({}, claims).names).toEqual(names);
  });

  it.each<[string, boolean, Record<string, unknown>]>([
    ['by its own means, of which it says nothing', false, {}],
    ['by the e-CPS', false, { amr: ['ecps'] }],
    ['by a provider of which it passes on the words', true, { amr: ['fido', 'mfa'] }],
    ['by a provider that it names', true, { identity_provider: 'chu-exemple' }],
  ])('%s, was proved by another provider: %s', (_, delegated, token) => {
    expect(identified(token, { authMode: 'CARD' })).toMatchObject({ delegated, card: true });
  });
});
