import { ScimFailure } from './scim-error.filter';
import { patched } from './scim-patch';
import { fieldsOf, readUser, SeenUser } from './scim-user';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const CLAIRE: SeenUser = {
  id: '1',
  username: 'claire',
  displayName: 'Claire Martin',
  givenName: 'Claire',
  familyName: 'Martin',
  email: 'claire@hopital.example',
  externalId: 'e1',
  title: null,
  active: true,
  createdAt: new Date('2026-11-24T15:39:00Z'),
  changedAt: new Date('2026-11-24T15:39:00Z'),
  version: 'W/"1"',
};
const RESOURCE = { schemas: [USER], userName: 'claire', emails: [{ value: 'claire@hopital.example' }] };

const after = (...Operations: object[]) => patched(CLAIRE, { schemas: [PATCH], Operations });
const fieldsAfter = async (...Operations: object[]) => fieldsOf(await after(...Operations));
const replaced = (path: string, value: unknown) => after({ op: 'Replace', path, value });
const mails = async (user: ReturnType<typeof after>) => (await user).emails?.map(({ value }) => value);

async function processorMs(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work().catch(() => undefined);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

describe('a change of a directory', () => {
  it.each([
    ['displayName', 'C. D.', { displayName: 'C. D.' }],
    ['DISPLAYNAME', 'C. D.', { displayName: 'C. D.' }],
    [`${USER}:displayName`, 'C. D.', { displayName: 'C. D.' }],
    ['userName', 'c.d', { userName: 'c.d' }],
    ['externalId', 'e', { externalId: 'e' }],
    ['name.familyName', 'Durand', { name: { givenName: 'Claire', familyName: 'Durand' } }],
    ['active', 'False', { active: false }],
    ['emails[type eq "work"].value', 'c@d.example', { emails: [{ value: 'c@d.example' }] }],
    ['Emails[Type eq "Work"].Value', 'c@d.example', { emails: [{ value: 'c@d.example' }] }],
    ['emails[primary eq true].value', 'c@d.example', { emails: [{ value: 'c@d.example' }] }],
    ['emails', [{ value: 'c@d.example' }], { emails: [{ value: 'c@d.example' }] }],
  ])('is read at %s', async (path, value, wanted) => {
    expect(JSON.parse(JSON.stringify(await replaced(path, value)))).toMatchObject(wanted);
  });

  it('is read from names without a path, as Okta and Entra send them', async () => {
    const value = { active: 'False', 'name.givenName': 'C.', 'emails[type eq "work"].value': 'c@d.example' };
    const user = await after({ op: 'replace', value });
    expect(user).toMatchObject({ active: false, name: { givenName: 'C.' } });
    expect(user.emails).toMatchObject([{ value: 'c@d.example' }]);
  });

  it.each([
    ['nickName', 'Dr'],
    ['urn:portillon:params:scim:schemas:extension:health:1.0:User:nationalId', '10003456789'],
    ['phoneNumbers[type eq "mobile"].value', '+33612345678'],
    ['addresses[type eq "work"].formatted', 'Brest'],
    ['roles[primary eq "True"].value', 'national-admin'],
    ['password', 'secret'],
    [`${ENTERPRISE}:department`, 'Cardiology'],
  ])('of %s, which no account has, changes nothing', async (path, value) => {
    const unchanged = JSON.parse(JSON.stringify(await after({ op: 'add', path: 'nickName', value: 'Dr' })));
    expect(JSON.parse(JSON.stringify(await replaced(path, value)))).toEqual(unchanged);
    expect(JSON.parse(JSON.stringify(await after({ op: 'add', value: { [path]: value } })))).toEqual(
      unchanged,
    );
    expect(unchanged).not.toHaveProperty('nickName');
  });

  it.each([
    [{ op: 'replace', path: 'name.familyName', value: 'Durand' }, 'Claire', 'Durand'],
    [{ op: 'replace', path: 'name', value: { givenName: 'C.', familyName: 'D.' } }, 'C.', 'D.'],
    [{ op: 'add', path: 'name', value: { familyName: 'Durand' } }, 'Claire', 'Durand'],
    [{ op: 'remove', path: 'name.givenName' }, null, 'Martin'],
    [{ op: 'remove', path: 'name' }, null, null],
    [{ op: 'replace', path: 'active', value: 'False' }, 'Claire', 'Martin'],
  ])('of the parts of the name is read: %j', async (operation, givenName, familyName) => {
    const fields = await fieldsAfter(operation);
    expect(fields).toMatchObject({ givenName, familyName });
    expect(fields).not.toHaveProperty('displayName');
  });

  it('gives an external id, and takes it away', async () => {
    expect((await fieldsAfter({ op: 'replace', path: 'active', value: true })).externalId).toBe('e1');
    expect((await fieldsAfter({ op: 'remove', path: 'externalId' })).externalId).toBeNull();
  });

  it('has the address that was added last as the one of the account', async () => {
    const added = { value: 'new@hopital.example', type: 'work', primary: true };
    expect((await fieldsAfter({ op: 'add', path: 'emails', value: [added] })).email).toBe(added.value);
    const [gone, come] = [
      { op: 'remove', path: 'emails' },
      { op: 'add', path: 'emails', value: [added] },
    ];
    expect((await fieldsAfter(gone, come)).email).toBe(added.value);
    const home = { value: 'home@hopital.example', type: 'home' };
    expect((await fieldsAfter({ op: 'add', path: 'emails', value: [home] })).email).toBe(CLAIRE.email);
  });

  it.each([
    { op: 'remove', path: 'userName' },
    { op: 'Remove', path: 'displayName' },
    { op: 'remove', path: `${USER}:active` },
    { op: 'remove', path: 'emails' },
    { op: 'remove', path: 'emails[type eq "work"]' },
    { op: 'remove', path: 'emails[type eq "work"].value' },
    { op: 'replace', path: 'displayName', value: null },
    { op: 'replace', value: { active: null } },
  ])('refuses to remove what an account needs: %j', async (operation) => {
    await expect(after(operation)).rejects.toMatchObject({ status: 400, scimType: 'mutability' });
  });

  it('takes a mail address away by no value', async () => {
    const byValue = after({ op: 'remove', path: 'emails', value: [{ value: 'claire@hopital.example' }] });
    await expect(byValue).rejects.toMatchObject({ status: 400, scimType: 'invalidValue' });
  });

  it.each([
    'nothing',
    'displayName.x',
    '__proto__.x',
    'constructor',
    'emails[value eq "x"].value',
    'emails[type eq "work" and type eq "home"].value',
    'emails[type eq "a\\a\\a"].value',
    `${'a'.repeat(101)}`,
    '',
  ])('is refused at a path that no account has: %s', async (path) => {
    const refusal = { status: 400, scimType: 'invalidPath' };
    await expect(replaced(path, 'x')).rejects.toMatchObject(refusal);
    await expect(after({ op: 'add', value: { [path]: 'x' } })).rejects.toMatchObject(refusal);
  });

  it('has at most 20 values, however many operations bring them', async () => {
    const value = (many: number) => Array.from({ length: many }, (_, n) => ({ value: `m${n}@x.example` }));
    expect(await mails(after({ op: 'add', path: 'emails', value: value(20) }))).toHaveLength(21);
    const refusal = { status: 400, scimType: 'invalidValue' };
    await expect(after({ op: 'add', path: 'emails', value: value(21) })).rejects.toMatchObject(refusal);
    await expect(after({ op: 'add', value: { EMAILS: value(21) } })).rejects.toMatchObject(refusal);
    const twice = { op: 'add', path: 'emails', value: value(11) };
    await expect(after(twice, twice)).rejects.toMatchObject(refusal);
    expect(() => readUser({ ...RESOURCE, emails: value(21) })).toThrow(ScimFailure);
  });

  const many = <Thing>(times: number, thing: (index: number) => Thing) =>
    Array.from({ length: times }, (_, index) => thing(index));
  const open = '\\a'.repeat(26);

  it.each([
    ['a filter that does not end', [{ op: 'remove', path: `emails[type eq "${open}` }]],
    ['a filter that ends without its text', [{ op: 'remove', path: `emails[type eq "${open}]` }]],
    ['such a filter as a name', [{ op: 'add', value: { [`emails[type eq "${open}]`]: 'x' } }]],
    ['such a text as what goes', [{ op: 'remove', path: 'emails', value: [{ value: open, x: open }] }]],
    ['60,000 points', [{ op: 'replace', path: '.'.repeat(60_000), value: 'x' }]],
    ['points and brackets', [{ op: 'replace', path: 'a.['.repeat(20_000), value: 'x' }]],
    [
      '4,000 conditions',
      [{ op: 'remove', path: `emails[${'type eq "x" or '.repeat(4_000)}type eq "x"].value` }],
    ],
    [
      '3,000 mail addresses',
      [{ op: 'add', path: 'emails', value: many(3_000, (n) => ({ value: `${n}@x` })) }],
    ],
    ['50 operations on 20 of them', many(50, () => ({ op: 'add', path: 'emails', value: many(20, String) }))],
  ])('does not stop an instance with %s', async (_, Operations) => {
    expect(await processorMs(() => patched(CLAIRE, { schemas: [PATCH], Operations }))).toBeLessThan(50);
  });

  it('sets, keeps and removes the function', async () => {
    const chef = { ...CLAIRE, title: 'Chef' };
    const title = async (operation: object) =>
      fieldsOf(await patched(chef, { schemas: [PATCH], Operations: [operation] })).title;
    expect([
      await title({ op: 'replace', path: 'title', value: 'Cardiologue' }),
      await title({ op: 'replace', path: 'displayName', value: 'C. M.' }),
      await title({ op: 'remove', path: 'title' }),
    ]).toEqual(['Cardiologue', 'Chef', null]);
  });

  it('needs no address of a person whom another structure manages', async () => {
    const operation = { op: 'replace', path: 'displayName', value: 'C. M.' };
    const member = { ...CLAIRE, email: null };
    const user = await patched(member, { schemas: [PATCH], Operations: [operation] });
    expect(fieldsOf(user, false)).toMatchObject({ externalId: 'e1', active: true });
  });

  it('does not stop an instance with a resource of 3,000 mail addresses', async () => {
    const emails = many(3_000, (n) => ({ value: `${n}@x.example` }));
    expect(await processorMs(async () => readUser({ ...RESOURCE, emails }))).toBeLessThan(50);
  });
});
