import { selected } from './scim-selection';

const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
const CLAIRE = {
  schemas: [CORE],
  id: 'claire',
  userName: 'claire.martin',
  name: { givenName: 'Claire', familyName: 'Martin' },
  emails: [{ value: 'claire@hopital.example', type: 'work' }],
  meta: { version: 'W/"3"', location: '/Users/claire' },
};
const { schemas, id, ...others } = CLAIRE;

describe('the attributes that a directory asks for', () => {
  it.each<[unknown, object]>([
    ['userName', { userName: 'claire.martin' }],
    ['USERNAME', { userName: 'claire.martin' }],
    [`${CORE}:userName`, { userName: 'claire.martin' }],
    ['name.familyName', { name: { familyName: 'Martin' } }],
    [' name , emails.value', { name: CLAIRE.name, emails: [{ value: 'claire@hopital.example' }] }],
    [['userName', 'meta.version'], { userName: 'claire.martin', meta: { version: 'W/"3"' } }],
    ['id', {}],
    ['password,nothing,__proto__', {}],
    ['', others],
    [undefined, others],
    [{ x: 'userName' }, others],
  ])('are alone there, with those that always are: %j', (attributes, wanted) => {
    expect(selected(CLAIRE, { attributes })).toEqual({ schemas, id, ...wanted });
  });

  it.each([
    ['emails,name', ['userName', 'meta']],
    ['id,schemas,EMAILS', ['userName', 'name', 'meta']],
    [`${CORE}:name`, ['userName', 'emails', 'meta']],
  ])('are not there where it does not want them: %s', (excludedAttributes, left) => {
    expect(Object.keys(selected(CLAIRE, { excludedAttributes }))).toEqual(['schemas', 'id', ...left]);
  });

  it('may be parts of others, and those that are wanted are more than those that are not', () => {
    expect(selected(CLAIRE, { excludedAttributes: 'name.givenName' })['name']).toEqual({
      familyName: 'Martin',
    });
    expect(selected(CLAIRE, { attributes: 'name', excludedAttributes: 'name' })).toHaveProperty('name');
  });

  it('are read of a long text without a stop', () => {
    const before = process.cpuUsage().user;
    selected(CLAIRE, { attributes: 'a,'.repeat(30_000), excludedAttributes: '.'.repeat(60_000) });
    expect(process.cpuUsage().user - before).toBeLessThan(100_000);
  });
});
