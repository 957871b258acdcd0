import {
  Act,
  keepsRights,
  machineScope,
  mayHandle,
  isWithinReach,
  RIGHTS,
  rightsScopeOf,
  scopeOfMachine,
} from './rights.policy';

const HOSPITAL = { id: 'hospital' };
const NATION = { structureIds: null };
const memberships = (...roles: string[]) => [{ structure: HOSPITAL, roles }];
const ACTS = Object.keys(RIGHTS) as Act[];
/** Not a structure administrator's. */
const NATIONAL_ONLY = [
  'structures.create',
  'structures.edit',
  'service.read',
  'service.edit',
  'events.prove',
  'accounts.invite-in-waves',
];

describe('the rights', () => {
  it.each(ACTS)('let a national administrator do %s everywhere', (act) => {
    expect(rightsScopeOf(act, { roles: ['national-admin'], memberships: [] })).toEqual(NATION);
    expect(
      rightsScopeOf(act, { roles: ['national-admin'], memberships: memberships('national-admin') }),
    ).toEqual(NATION);
  });

  it.each(ACTS)('keep a structure administrator to the own structure: %s', (act) => {
    const own = NATIONAL_ONLY.includes(act) ? undefined : { structureIds: [HOSPITAL.id] };
    expect(
      rightsScopeOf(act, { roles: ['structure-admin'], memberships: memberships('structure-admin') }),
    ).toEqual(own);
  });

  it.each(ACTS)('give nothing to a structure administrator of no structure: %s', (act) => {
    expect(rightsScopeOf(act, { roles: ['structure-admin'], memberships: [] })).toBeUndefined();
  });

  it.each(ACTS)('give nothing to a professional, nor to an unknown role: %s', (act) => {
    expect(
      rightsScopeOf(act, {
        roles: ['professional', 'admin'],
        memberships: memberships('professional', 'admin'),
      }),
    ).toBeUndefined();
    expect(rightsScopeOf(act, { roles: [], memberships: memberships() })).toBeUndefined();
  });

  it.each(ACTS)('let an auditor read the journal and the statistics, and nothing else: %s', (act) => {
    const reads = ['events.read', 'events.export', 'events.prove', 'reports.read'].includes(act);
    expect(
      rightsScopeOf(act, {
        roles: ['professional', 'auditor'],
        memberships: memberships('professional', 'auditor'),
      }),
    ).toEqual(reads ? { structureIds: [HOSPITAL.id] } : undefined);
    expect(rightsScopeOf(act, { roles: ['auditor'], memberships: [] })).toEqual(reads ? NATION : undefined);
  });

  it('reach every structure where the role is held, and no other place of the person', () => {
    const places = [
      { structure: HOSPITAL, roles: ['structure-admin'] },
      { structure: { id: 'clinic' }, roles: ['professional'] },
      { structure: { id: 'practice' }, roles: ['professional', 'structure-admin'] },
    ];
    const reach = rightsScopeOf('accounts.read', { roles: ['structure-admin'], memberships: places });
    expect(reach).toEqual({ structureIds: ['hospital', 'practice'] });
  });

  it('are the widest of several roles', () => {
    const roles = ['structure-admin', 'national-admin'];
    expect(rightsScopeOf('accounts.read', { roles, memberships: memberships(...roles) })).toEqual(NATION);
  });
});

describe('what machines may do', () => {
  const every = ['accounts:read', 'accounts:write', 'sessions:end', 'events:read', 'structures:read'];
  const allowed = ACTS.filter((act) => machineScope(act) !== null);

  it('is this, and nothing that gives a right or takes a factor', () => {
    expect(allowed).toEqual([
      'accounts.read',
      'accounts.create',
      'accounts.edit',
      'accounts.deactivate',
      'accounts.reactivate',
      'accounts.revoke-sessions',
      'accounts.resend-invitation',
      'structures.read',
      'events.read',
    ]);
  });

  it.each(allowed)('takes the scope for %s and no other, within the own structure', (act) => {
    const scope = machineScope(act)!;
    expect(scopeOfMachine(act, { scopes: [scope], structureId: 'hospital' })).toEqual({
      structureIds: ['hospital'],
    });
    const others = every.filter((one) => one !== scope);
    expect(scopeOfMachine(act, { scopes: others, structureId: null })).toBeUndefined();
  });

  it.each(ACTS.filter((act) => !allowed.includes(act)))('is never %s, whatever the token says', (act) => {
    expect(scopeOfMachine(act, { scopes: [...every, act], structureId: null })).toBeUndefined();
  });
});

describe('the reach', () => {
  it('of a national administrator is everything, of no structure too', () => {
    expect(isWithinReach(NATION, 'clinic')).toBe(true);
    expect(isWithinReach(NATION, null)).toBe(true);
  });

  it('of a structure administrator is the own structure: no other, and not what has none', () => {
    expect(isWithinReach({ structureIds: ['hospital'] }, 'hospital')).toBe(true);
    expect(isWithinReach({ structureIds: ['hospital'] }, 'clinic')).toBe(false);
    expect(isWithinReach({ structureIds: ['hospital'] }, null)).toBe(false);
  });

  it('of a structure administrator ends before a national one', () => {
    expect(mayHandle({ structureIds: ['hospital'] }, ['professional', 'national-admin'])).toBe(false);
    expect(mayHandle({ structureIds: ['hospital'] }, ['structure-admin'])).toBe(true);
    expect(mayHandle(NATION, ['national-admin'])).toBe(true);
  });

  it('of a structure administrator ends before an auditor, who watches them', () => {
    expect(mayHandle({ structureIds: ['hospital'] }, ['professional', 'auditor'])).toBe(false);
    expect(mayHandle(NATION, ['auditor'])).toBe(true);
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
