import type { Organization, Practitioner, PractitionerRole } from 'fhir/r4';
import { organizationOf, practitionerOf, roleOf } from '../testing/fhir-server.fixture';
import { entriesOf, entryChanges, identifierOf, isClosed, leftPlaces } from './directory-change.policy';
import type { FollowedPerson } from './directory-change.policy';

const RPPS = '810003461033';
const ADELI = '0759800012';
const NOW = new Date('2026-12-03T02:00:00.000Z');
const CLAIRE: FollowedPerson = {
  id: 'claire',
  nationalId: RPPS,
  givenName: 'Claire',
  familyName: 'Martin',
  managedBy: 'north',
  places: [
    { structureId: 'north', finess: '750712184' },
    { structureId: 'south', finess: '750000002' },
    { structureId: 'network', finess: null },
  ],
};
const entry = (...args: Parameters<typeof practitionerOf>) => practitionerOf(...args) as Practitioner;
const shown = (person: FollowedPerson, ...entries: Practitioner[]) =>
  entryChanges(person, entriesOf(person, entries)).map(({ kind, structureId, details }) => [
    kind,
    structureId,
    details,
  ]);

describe('the entry of a person', () => {
  it('is searched by the number of the RPPS, or by the whole id of ADELI', () => {
    expect(identifierOf(RPPS)).toBe('https://rpps.esante.gouv.fr|10003461033');
    expect(identifierOf(ADELI)).toBe('urn:oid:1.2.250.1.71.4.2.1|0759800012');
  });

  it('says nothing when it is missing, as it is, or of another person', () => {
    expect(shown(CLAIRE)).toEqual([]);
    expect(shown(CLAIRE, entry([RPPS]))).toEqual([]);
    expect(shown(CLAIRE, entry(['810102727017'], { active: false }))).toEqual([]);
  });

  it('that is inactive is proposed to each structure of the person, and no name with it', () => {
    expect(shown(CLAIRE, entry([RPPS], { active: false, family: 'ROUX' }))).toEqual([
      ['inactive', 'north', {}],
      ['inactive', 'south', {}],
      ['inactive', 'network', {}],
    ]);
  });

  it('counts while one of several is active', () => {
    expect(shown(CLAIRE, entry([RPPS], { id: 'old', active: false }), entry([RPPS]))).toEqual([]);
  });

  it('with a number of the RPPS replaces an ADELI number, for the structure that manages the account', () => {
    const paul = { ...CLAIRE, nationalId: ADELI };
    expect(shown(paul, entry([ADELI, RPPS]))).toEqual([['replaced-id', 'north', { nationalId: RPPS }]]);
    expect(shown(paul, entry([ADELI]))).toEqual([]);
    expect(shown(CLAIRE, entry([ADELI, RPPS]))).toEqual([]);
    expect(shown({ ...paul, managedBy: null }, entry([ADELI, RPPS]))).toEqual([]);
    const two = entry([ADELI, RPPS, '810102727017']);
    expect(shown(paul, two)).toEqual([]);
  });

  it.each([
    ['CLAIRE', 'MARTIN'],
    ['Claire', 'Mártin'],
  ])('shows no other name in another spelling: %s %s', (given, family) => {
    expect(shown(CLAIRE, entry([RPPS], { given, family }))).toEqual([]);
  });

  it('shows another name, also of several parts', () => {
    const jean = { ...CLAIRE, givenName: 'Jean-Pierre', familyName: 'd’Arc' };
    expect(shown(jean, entry([RPPS], { given: 'JEAN PIERRE', family: "D'ARC" }))).toEqual([]);
    expect(shown(CLAIRE, entry([RPPS], { family: 'MARTIN-ROUX' }))).toEqual([
      ['renamed', 'north', { givenName: 'CLAIRE', familyName: 'MARTIN-ROUX' }],
    ]);
    expect(shown({ ...CLAIRE, givenName: null }, entry([RPPS], { family: 'ROUX' }))).toEqual([]);
    expect(shown(CLAIRE, entry([RPPS], { family: 'R'.repeat(200) }))).toEqual([]);
    expect(shown(CLAIRE, entry([RPPS], { family: 'Roux\nroot' }))).toEqual([]);
  });

  it.each<[string, object]>([
    ['lists that are none', { identifier: {}, name: 'Martin' }],
    [
      'lists of nothing',
      { identifier: [null, {}, { value: 7 }], name: [null, { family: 7, given: [null] }] },
    ],
    ['names without parts', { name: [{ text: 'Claire Roux' }, { family: ' ', given: [' '] }] }],
  ])('with %s says nothing', (_, wrong) => {
    const broken = { ...entry([RPPS]), ...wrong } as Practitioner;
    expect(shown(CLAIRE, broken)).toEqual([]);
    expect(entryChanges(CLAIRE, [broken])).toEqual([]);
  });
});

describe('the roles of a person', () => {
  const claire = entry([RPPS], { id: 'p' });
  const [north, south] = ['750712184', '750000002'].map((one) => organizationOf(one)) as Organization[];
  const left = (roles: ReturnType<typeof roleOf>[], organizations = [north!, south!]) =>
    leftPlaces(
      CLAIRE,
      { practitioners: [claire], roles: roles as PractitionerRole[], organizations },
      NOW,
    ).map(({ structureId }) => structureId);
  const atNorth = 'o-750712184';

  it('end at a structure when all of them ended there', () => {
    expect(left([roleOf('p', atNorth, { active: false })])).toEqual(['north']);
    expect(left([roleOf('p', atNorth, { active: false }), roleOf('p', atNorth, { id: 'r2' })])).toEqual([]);
    expect(left([roleOf('p', atNorth, { active: false }), roleOf('p', 'o-750000002')])).toEqual(['north']);
    expect(left([])).toEqual([]);
  });

  it('end with their date, though they are marked active', () => {
    expect(left([roleOf('p', atNorth, { end: '2026-11-30' })])).toEqual(['north']);
    expect(left([roleOf('p', atNorth, { end: '2027-01-31' })])).toEqual([]);
    expect(left([roleOf('p', atNorth, { end: 'soon' })])).toEqual([]);
  });

  it('say nothing of another person, nor while an open one is at an unknown place', () => {
    expect(left([roleOf('other', atNorth, { active: false })])).toEqual([]);
    expect(left([roleOf('p', atNorth, { active: false }), roleOf('p', 'elsewhere')])).toEqual([]);
    expect(left([roleOf('p', atNorth, { active: false })], [])).toEqual([]);
  });
});

describe('the place of a FINESS', () => {
  it('is closed when every entry is, and unknown without any', () => {
    const [open, closed] = [organizationOf('1'), organizationOf('1', { active: false })] as Organization[];
    expect(isClosed('1', [closed!])).toBe(true);
    expect(isClosed('1', [closed!, open!])).toBe(false);
    expect(isClosed('2', [closed!])).toBeUndefined();
  });
});
