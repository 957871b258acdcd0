import { type Account, type MembershipProposal, type MembershipRecord, shownName } from '@portillon/account';
import { asFlag, scimChangesOf, fieldsOf, nationalIdIn, readUser, seenUser, userOf } from './scim-user';

const CLAIRE = {
  id: 'claire',
  username: 'claire.martin',
  displayName: 'Dr Claire Martin',
  givenName: 'Claire',
  familyName: null,
  email: 'claire@hopital.example',
  externalId: null,
  status: 'INVITED',
  roles: ['national-admin'],
  createdAt: new Date('2026-11-24T15:39:00Z'),
  changedAt: new Date('2026-11-25T08:00:00Z'),
  version: 3,
  memberships: [{ manages: true, function: null }],
} as unknown as Account;
const read = (changes: object = {}, publicUrl = '') =>
  userOf(seenUser({ kind: 'managed', account: { ...CLAIRE, ...changes } as Account }), publicUrl);
const failure = (scimType: string) => expect.objectContaining({ status: 400, scimType }) as Error;

describe('an account, as a directory reads it', () => {
  it('is a user, with its version and address, and no role', () => {
    const user = read({}, 'https://portillon.example');
    expect(user).toMatchObject({
      id: 'claire',
      userName: 'claire.martin',
      displayName: 'Dr Claire Martin',
      emails: [{ value: 'claire@hopital.example', type: 'work' }],
      active: true,
      meta: {
        version: 'W/"3"',
        location: 'https://portillon.example/scim/v2/Users/claire',
        lastModified: '2026-11-25T08:00:00.000Z',
      },
    });
    expect(user['name']).toEqual({ givenName: 'Claire' });
    expect(read({ givenName: null })).not.toHaveProperty('name');
    expect(user).not.toHaveProperty('externalId');
    expect(JSON.stringify(user)).not.toContain('national-admin');
  });

  it('is active until it is closed', () => {
    expect(read({ status: 'DEACTIVATED' })['active']).toBe(false);
    expect(read({ externalId: 'e1' })['externalId']).toBe('e1');
  });

  it('has the function of the person in the structure as its title', () => {
    expect(read()).not.toHaveProperty('title');
    expect(read({ memberships: [{ manages: true, function: 'Chef' }] })['title']).toBe('Chef');
  });

  it('of another structure has neither its user name nor its address nor its external id', () => {
    const place = { externalId: 's1', function: 'Cardiologue', version: 2 } as MembershipRecord;
    const account = { ...CLAIRE, externalId: 'n1' } as Account;
    const user = userOf(seenUser({ kind: 'member', account, place }), '');
    expect(user).toMatchObject({
      ...{ id: 'claire', externalId: 's1', userName: 's1', displayName: 'Dr Claire Martin' },
      ...{ title: 'Cardiologue', active: true, meta: { version: 'W/"3.2"' } },
    });
    expect(JSON.stringify(user)).not.toMatch(/claire\.martin|hopital\.example|n1/);
    const unnamed = { kind: 'member', account, place: { ...place, externalId: null } } as const;
    expect(userOf(seenUser(unnamed), '')['userName']).toBe('claire');
  });

  it('to whom a membership is proposed is an inactive user', () => {
    const proposal = { id: 'p1', externalId: 's1', function: null, proposedAt: new Date(0) };
    const user = userOf(seenUser({ kind: 'proposed', proposal: proposal as MembershipProposal }), '');
    expect(user).toMatchObject({ id: 'p1', externalId: 's1', userName: 's1', active: false });
    expect(user).not.toHaveProperty('emails');
  });
});

describe('what a directory says of an account', () => {
  const said = (body: object) => fieldsOf(readUser({ userName: 'claire.martin', ...body }));
  const emails = [{ value: 'claire@hopital.example' }];

  it('is a name, a mail address, an external id, a function and whether it is active, and nothing else', () => {
    const body = {
      emails,
      externalId: 'e1',
      active: 'False',
      roles: [{ value: 'national-admin' }],
      title: 'Cardiologue',
      phoneNumbers: [{ value: '+33600000000' }],
    };
    expect(said({ ...body, displayName: 'Claire Martin' })).toEqual({
      username: 'claire.martin',
      displayName: 'Claire Martin',
      email: 'claire@hopital.example',
      externalId: 'e1',
      title: 'Cardiologue',
      active: false,
    });
  });

  it('has no function where it is empty, and an unchanged one where it is not sent', () => {
    expect([said({ emails, title: '' }).title, said({ emails }).title]).toEqual([null, undefined]);
  });

  it('is a national id only in the extension for it, as a text of its length', () => {
    const extension = 'urn:portillon:params:scim:schemas:extension:health:1.0:User';
    const sent = (nationalId: unknown) => nationalIdIn({ [extension]: { nationalId } });
    expect([sent('10003456789'), sent(10003456789), sent('1'.repeat(33))]).toEqual([
      '10003456789',
      undefined,
      undefined,
    ]);
    expect([nationalIdIn({ nationalId: '1' }), nationalIdIn(null), nationalIdIn({ [extension]: 1 })]).toEqual(
      [undefined, undefined, undefined],
    );
    expect(
      fieldsOf(readUser({ userName: 'claire', emails, [extension]: { nationalId: '1' } })),
    ).not.toHaveProperty('nationalId');
  });

  it('needs no address of a person whom another structure manages', () => {
    expect(fieldsOf(readUser({ userName: 'claire' }), false)).toMatchObject({
      externalId: null,
      active: true,
    });
  });

  const claire = { givenName: 'Claire', familyName: 'Martin' };

  it.each([
    [{ displayName: 'Affichée', name: { formatted: 'Entière' } }, { displayName: 'Affichée' }, 'Affichée'],
    [{ displayName: 'Affichée', name: claire }, { displayName: 'Affichée', ...claire }, 'Affichée'],
    [{ name: { formatted: 'Entière', ...claire } }, claire, 'Claire Martin'],
    [{ name: { formatted: 'Entière' } }, { displayName: 'Entière' }, 'Entière'],
    [{ name: claire }, claire, 'Claire Martin'],
    [{ name: { givenName: '', familyName: 'Martin' } }, { givenName: null, familyName: 'Martin' }, 'Martin'],
    [{}, {}, 'claire.martin'],
  ])('is, of the names %j, %j, and a new account is called %s', (names, fields, shown) => {
    const { displayName, givenName, familyName } = said({ emails, ...names });
    expect({ displayName, givenName, familyName }).toEqual(fields);
    expect(shownName(said({ emails, ...names }))).toBe(shown);
  });

  it('changes what differs, and keeps a display name that comes with another part of the name', () => {
    const account = { ...CLAIRE, familyName: 'Martin', displayName: 'Claire Martin' } as Account;
    const changes = (body: object) => scimChangesOf(account, said({ emails, ...body }));
    expect(changes({ name: claire, displayName: 'Claire Martin' })).toEqual({});
    expect(changes({ name: { ...claire, familyName: 'Roux' } })).toEqual({ familyName: 'Roux' });
    const both = { name: { ...claire, familyName: 'Roux' }, displayName: 'Claire Martin' };
    expect(changes(both)).toEqual({ familyName: 'Roux', displayName: 'Claire Martin' });
    expect(changes({})).toEqual({});
  });

  it('is the first address of several: the primary one, that of work, any', () => {
    const [home, work, primary] = [
      { value: 'a@a.example', type: 'home' },
      { value: 'b@b.example', type: 'work' },
      { value: 'c@c.example', primary: true },
    ];
    expect(said({ emails: [home, work, primary] }).email).toBe('c@c.example');
    expect(said({ emails: [home, work] }).email).toBe('b@b.example');
    expect(said({ emails: [home] }).email).toBe('a@a.example');
  });

  it('is the user name where that is an address, and needs one', () => {
    expect(said({ userName: 'claire@hopital.example' })).toMatchObject({
      email: 'claire@hopital.example',
      externalId: null,
      active: true,
    });
    expect(() => said({})).toThrow(failure('invalidValue'));
  });

  it.each([null, 'text', [], 12])('is nothing of the body %j', (body) => {
    expect(() => readUser(body)).toThrow(failure('invalidSyntax'));
  });

  it('needs a user name, and at most 20 addresses', () => {
    expect(() => readUser({ emails })).toThrow(failure('invalidValue'));
    const many = Array.from({ length: 21 }, (_, index) => ({ value: `${index}@a.example` }));
    expect(() => said({ emails: many })).toThrow(failure('invalidValue'));
  });

  it.each([
    ['True', true],
    [true, true],
    ['false', false],
    [false, false],
  ])('takes truth as Entra writes it: %j', (value, flag) => {
    expect(asFlag(value)).toBe(flag);
  });

  it.each(['yes', 1, null])('takes no %j for truth', (value) => {
    expect(() => asFlag(value)).toThrow(failure('invalidValue'));
  });
});
