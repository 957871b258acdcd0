import { GROUP_SCHEMA, SCHEMAS, USER_SCHEMA } from './scim-schemas';
import { userOf } from './scim-user';

const CLAIRE = {
  givenName: 'Claire',
  familyName: 'Martin',
  externalId: 'e1',
  createdAt: new Date(0),
  changedAt: new Date(0),
} as Parameters<typeof userOf>[0];
const named = (attributes: { name: string }[]) => attributes.map(({ name }) => name).sort();
const which = (attributes: Record<string, unknown>[], is: object) =>
  attributes
    .filter((one) => Object.entries(is).every(([key, value]) => one[key] === value))
    .map(({ name }) => name);

describe('the schemas that a directory reads', () => {
  it('declare every attribute that is answered, and no other', () => {
    const { schemas, id, externalId, meta, ...own } = userOf(CLAIRE, '') as Record<string, object>;
    expect(Object.keys(own).sort()).toEqual(named(USER_SCHEMA.attributes));
    for (const { name, subAttributes } of USER_SCHEMA.attributes) {
      const [value] = [own[name]].flat();
      if (subAttributes) expect(Object.keys(value!).sort()).toEqual(named(subAttributes as []));
    }
  });

  it('declare which attributes an account needs, and that groups are read only', () => {
    expect(which(USER_SCHEMA.attributes, { required: true })).toEqual([
      'userName',
      'displayName',
      'emails',
      'active',
    ]);
    expect(which(GROUP_SCHEMA.attributes, { mutability: 'readOnly' })).toEqual(
      named(GROUP_SCHEMA.attributes),
    );
  });

  it('have each an id, as every part of the discovery', () => {
    expect(new Set(SCHEMAS.map(({ id }) => id)).size).toBe(5);
  });
});
