import type { ApplicationEntity } from './application.entity';
import type { AuthMethod, PkceRule } from './application.types';
import { AudienceMember, audienceMemberOf, mayOpen, onlyStructureOf, requiresPkce } from './audience.policy';

const CLAIRE: AudienceMember = { roles: ['professional'], structureId: 'nord', professions: ['10'] };
const NO_STRUCTURE: AudienceMember = { roles: [], structureId: null, professions: [] };

function application(changes: Partial<ApplicationEntity>): Parameters<typeof mayOpen>[0] {
  return {
    kind: 'web',
    status: 'active',
    structureId: null,
    audienceRoles: [],
    audienceStructures: [],
    audienceProfessions: [],
    ...changes,
  } satisfies Partial<ApplicationEntity>;
}

describe('an application', () => {
  it('is open to everyone without an audience', () => {
    expect([CLAIRE, NO_STRUCTURE].map((person) => mayOpen(application({}), person))).toEqual([true, true]);
  });

  it.each<Partial<ApplicationEntity>>([
    { audienceRoles: ['structure-admin'] },
    { audienceStructures: ['sud'] },
    { audienceProfessions: ['60'] },
    { audienceRoles: ['professional'], audienceStructures: ['sud'] },
    { audienceRoles: ['professional'], audienceProfessions: ['60'] },
    { status: 'disabled' },
    { kind: 'service' },
    { kind: 'resource' },
    { structureId: 'sud' },
  ])('is closed to a person outside of %j', (changes) => {
    expect(mayOpen(application(changes), CLAIRE)).toBe(false);
  });

  it.each<Partial<ApplicationEntity>>([
    { audienceRoles: ['structure-admin', 'professional'] },
    { audienceStructures: ['sud', 'nord'] },
    { audienceRoles: ['professional'], audienceStructures: ['nord'], audienceProfessions: ['10'] },
    { structureId: 'nord' },
    { structureId: 'sud', audienceStructures: ['nord'] },
    { kind: 'native' },
    { kind: 'gate' },
  ])('is open to a person inside of %j', (changes) => {
    expect(mayOpen(application(changes), CLAIRE)).toBe(true);
  });

  it('of a structure is closed to people without one', () => {
    expect(mayOpen(application({ structureId: 'nord' }), NO_STRUCTURE)).toBe(false);
  });
});

describe('the one structure of an application', () => {
  it.each<[string, Partial<ApplicationEntity>, string | undefined]>([
    ['is the one that its audience names', { audienceStructures: ['nord'] }, 'nord'],
    ['is its own, where it names none', { structureId: 'nord' }, 'nord'],
    [
      'is the one that it names, and not its own',
      { structureId: 'sud', audienceStructures: ['nord'] },
      'nord',
    ],
    ['is none where it names several', { audienceStructures: ['nord', 'sud'] }, undefined],
    ['is none where it is open to everybody', {}, undefined],
    ['is none once it is disabled', { audienceStructures: ['nord'], status: 'disabled' }, undefined],
  ])('%s', (_what, changes, structure) => expect(onlyStructureOf(application(changes))).toBe(structure));
});

describe('a person of two structures', () => {
  const place = (id: string, ...roles: string[]) => ({ structure: { id }, roles });
  const person = {
    roles: ['professional', 'national-admin'],
    structure: { id: 'nord' },
    memberships: [place('nord', 'professional'), place('sud', 'structure-admin')],
  };
  const session = { principal: person, activity: { profession: '10' } };

  it.each<[string, Partial<ApplicationEntity>, string, string[]]>([
    ['uses an application of everybody for the structure in use', {}, 'nord', person.roles],
    ['and one that is for both', { audienceStructures: ['sud', 'nord'] }, 'nord', person.roles],
    [
      'uses one that is for the other structure there, with the roles held there',
      { audienceStructures: ['sud'] },
      'sud',
      ['structure-admin', 'national-admin'],
    ],
    ['is not moved to a structure of others', { audienceStructures: ['est'] }, 'nord', person.roles],
  ])('%s', (_, changes, structureId, roles) => {
    const member = audienceMemberOf(session, application(changes));
    expect(member).toEqual({ structureId, roles, professions: ['10'] });
    expect(mayOpen(application(changes), member)).toBe(!changes.audienceStructures?.includes('est'));
  });

  it('has no role of the other structure where an application asks for one', () => {
    const asking = application({ audienceStructures: ['sud'], audienceRoles: ['professional'] });
    expect(mayOpen(asking, audienceMemberOf(session, asking))).toBe(false);
  });
});

const ALL = ['required', 'nonce', 'off'] as const;

describe('a sign-in request', () => {
  it.each<[string, AuthMethod, PkceRule, string | undefined, readonly PkceRule[], boolean]>([
    ['needs PKCE by default', 'client_secret_basic', 'required', 'n', ALL, true],
    ['may carry a nonce instead', 'client_secret_basic', 'nonce', 'n', ALL, false],
    ['needs either', 'client_secret_basic', 'nonce', undefined, ALL, true],
    ['may carry neither where the risk is accepted', 'private_key_jwt', 'off', undefined, ALL, false],
    [
      'needs PKCE once the risk is not accepted any more',
      'private_key_jwt',
      'off',
      'n',
      ['required', 'nonce'],
      true,
    ],
    ['of a public client needs PKCE whatever its row says', 'none', 'nonce', 'n', ALL, true],
    ['of a public client needs PKCE even where it is off', 'none', 'off', 'n', ALL, true],
  ])('%s', (_, authMethod, pkce, nonce, offered, isRequired) => {
    expect(requiresPkce({ authMethod, pkce }, nonce, offered)).toBe(isRequired);
  });
});
