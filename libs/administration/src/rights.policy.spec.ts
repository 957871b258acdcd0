import { Act, keepsRights, mayHandle, reaches, RIGHTS, scopeOf } from './rights.policy';

const HOSPITAL = { id: 'hospital' };
const NATION = { structureId: null };
const ACTS = Object.keys(RIGHTS) as Act[];
const NATIONAL_ONLY = ['structures.create', 'structures.edit'];

describe('the rights', () => {
  it.each(ACTS)('let a national administrator do %s everywhere', (act) => {
    expect(scopeOf(act, { roles: ['national-admin'], structure: null })).toEqual(NATION);
    expect(scopeOf(act, { roles: ['national-admin'], structure: HOSPITAL })).toEqual(NATION);
  });

  it.each(ACTS)('keep a structure administrator to the own structure: %s', (act) => {
    const own = NATIONAL_ONLY.includes(act) ? undefined : { structureId: HOSPITAL.id };
    expect(scopeOf(act, { roles: ['structure-admin'], structure: HOSPITAL })).toEqual(own);
  });

  it.each(ACTS)('give nothing to a structure administrator of no structure: %s', (act) => {
    expect(scopeOf(act, { roles: ['structure-admin'], structure: null })).toBeUndefined();
  });

  it.each(ACTS)('give nothing to a professional, nor to an unknown role: %s', (act) => {
    expect(scopeOf(act, { roles: ['professional', 'admin'], structure: HOSPITAL })).toBeUndefined();
    expect(scopeOf(act, { roles: [], structure: HOSPITAL })).toBeUndefined();
  });

  it('are the widest of several roles', () => {
    const roles = ['structure-admin', 'national-admin'];
    expect(scopeOf('accounts.read', { roles, structure: HOSPITAL })).toEqual(NATION);
  });
});

describe('the reach', () => {
  it('of a national administrator is everything, of no structure too', () => {
    expect(reaches(NATION, 'clinic')).toBe(true);
    expect(reaches(NATION, null)).toBe(true);
  });

  it('of a structure administrator is the own structure: no other, and not what has none', () => {
    expect(reaches({ structureId: 'hospital' }, 'hospital')).toBe(true);
    expect(reaches({ structureId: 'hospital' }, 'clinic')).toBe(false);
    expect(reaches({ structureId: 'hospital' }, null)).toBe(false);
  });

  it('of a structure administrator ends before a national one', () => {
    expect(mayHandle({ structureId: 'hospital' }, ['professional', 'national-admin'])).toBe(false);
    expect(mayHandle({ structureId: 'hospital' }, ['structure-admin'])).toBe(true);
    expect(mayHandle(NATION, ['national-admin'])).toBe(true);
  });
});

describe('rights are kept', () => {
  it.each([
    [['structure-admin'], ['structure-admin', 'professional'], true],
    [['professional', 'structure-admin'], ['structure-admin'], true],
    [['structure-admin'], ['professional'], false],
    [['structure-admin', 'national-admin'], ['national-admin'], false],
  ])('from %j to %j: %s', (before, after, kept) => {
    expect(keepsRights(before, after)).toBe(kept);
  });
});
