import type { ApplicationEntity } from './application.entity';
import { AudienceMember, mayOpen } from './audience.policy';

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
  it('that names no audience is for everybody', () => {
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

  it('of a structure is closed to people of none', () => {
    expect(mayOpen(application({ structureId: 'nord' }), NO_STRUCTURE)).toBe(false);
  });
});
