import { processorMs } from '@portillon/testing';
import { ScimFailure } from './scim-error.filter';
import { readFilter, selected, listOf, pageOf } from './scim-query';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';

const ATTRIBUTES = ['userName', 'externalId', 'id'] as const;
const read = (filter: unknown) => readFilter({ filter }, ATTRIBUTES);

describe('a filter', () => {
  it.each([
    [`userName eq "claire@hopital.example"`, 'userName', 'claire@hopital.example'],
    [`externalId eq "ext-1"`, 'externalId', 'ext-1'],
    [`USERNAME EQ "Claire"`, 'userName', 'Claire'],
    [`${USER}:userName eq "claire"`, 'userName', 'claire'],
    [` id  eq  "1" `, 'id', '1'],
    [`userName eq "a \\"b\\" \\u00e9 \\\\ c"`, 'userName', 'a "b" é \\ c'],
    [`userName eq ""`, 'userName', ''],
  ])('is read: %s', (text, attribute, value) => {
    expect(read(text)).toEqual({ attribute, value });
  });

  it('is left out where none is given, and refused where there are two', () => {
    expect(read(undefined)).toBeUndefined();
    expect(() => read(['id eq "1"', 'id eq "2"'])).toThrow(ScimFailure);
  });

  it.each([
    '',
    'userName eq "x" or userName pr',
    'userName eq "x" and userName eq "y"',
    'userName sw "x"',
    'userName eq true',
    'userName eq x',
    "userName eq 'x'",
    'userName eq "x',
    'userName eq "\\x"',
    'userName eq "x\\u0000y"',
    'userName eq "x\u0000y"',
    'password eq "x"',
    '__proto__ eq "x"',
    'emails[value eq "x"].value eq "y"',
    `userName eq "${'a'.repeat(600)}"`,
  ])('is refused when it is anything but one comparison: %j', (text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ scimType: 'invalidFilter' }) as ScimFailure);
  });

  it.each([
    ['userName eq "', 'a\\'],
    ['userName eq "', '\\'],
    ['userName eq "', '\\"'],
    ['userName eq ', '"\\'],
    ['userName eq ', '('],
    ['userName eq ', '['],
    ['userName', ' '],
    ['', 'a.'],
  ])('stops no instance when it begins with %j and goes on with %j over and over', async (start, pump) => {
    // An expression that tries every way to read 26 pairs takes a second, and twice as long for each one more: half a
    // second of processor time is far from both results, on a busy machine too.
    for (const times of [26, 200]) {
      const spent = await processorMs(() =>
        expect(() => read(start + pump.repeat(times))).toThrow(ScimFailure),
      );
      expect(spent).toBeLessThan(500);
    }
  });
});

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

describe('the part of a list that a directory asks for', () => {
  it.each([
    [{}, { offset: 0, limit: 100 }],
    [
      { startIndex: '11', count: '10' },
      { offset: 10, limit: 10 },
    ],
    [
      { startIndex: '0', count: '-5' },
      { offset: 0, limit: 0 },
    ],
    [
      { startIndex: '-3', count: '1000' },
      { offset: 0, limit: 100 },
    ],
    [
      { startIndex: '999999999', count: '0' },
      { offset: 999_999, limit: 0 },
    ],
    [
      { startIndex: 'x', count: '1e9' },
      { offset: 0, limit: 100 },
    ],
    [
      { startIndex: ['2', '3'], count: '9'.repeat(400) },
      { offset: 0, limit: 100 },
    ],
  ])('is, of %j, %j', (query, page) => {
    expect(pageOf(query)).toEqual(page);
  });

  it('is answered with how many there are in all', () => {
    expect(listOf([{}, {}], 7, 4)).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: 7,
      startIndex: 5,
      itemsPerPage: 2,
      Resources: [{}, {}],
    });
  });
});
