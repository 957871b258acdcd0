import { Act, RIGHTS, scopeOf } from './rights.guard';

const HOSPITAL = { id: 'hospital' };
const ACTS = Object.keys(RIGHTS) as Act[];
const NATIONAL_ONLY = ['structures.create', 'structures.edit'];

describe('the rights', () => {
  it.each(ACTS)('let a national administrator do %s everywhere', (act) => {
    expect(scopeOf(act, { roles: ['national-admin'], structure: null })).toEqual({ structureId: null });
    expect(scopeOf(act, { roles: ['national-admin'], structure: HOSPITAL })).toEqual({ structureId: null });
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
    expect(scopeOf('accounts.read', { roles, structure: HOSPITAL })).toEqual({ structureId: null });
  });
});
