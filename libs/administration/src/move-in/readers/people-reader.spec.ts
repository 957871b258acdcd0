import { nameKey } from '@portillon/kernel';
import { peopleOf, piecesOf } from '../../testing/move-in.fixture';
import { formatOf, readStructureMap } from './people-reader';

const BCRYPT = `$2b$10$${'a'.repeat(53)}`;
const NO_MORE = {
  passwordDigest: '',
  phone: '',
  phoneVerifiedAt: '',
  preferredChannel: '',
  lastSignInAt: '',
  memberships: [],
};
const CLAIRE = { username: 'claire', email: 'c@h.example', displayName: 'Claire Martin' };

describe('a file that moves in', () => {
  it.each([
    ['people.csv', 'csv'],
    ['/tmp/Export.JSONL', 'jsonl'],
    ['realm-export.json', 'keycloak'],
    ['backup.2026.ldif', 'ldif'],
    ['people', undefined],
  ])('has a format by its name: %s', (path, format) => expect(formatOf(path)).toBe(format));

  it('is a CSV file with the columns of an import and those of a move-in, in French', async () => {
    const header =
      'Identifiant;Courriel;Nom affiché;Empreinte;Mobile;Numéro validé le;Canal préféré;Rattachements';
    const cells = `claire;c@h.example;Claire Martin;${BCRYPT};'+33612345678;2026-01-02;SMS;750712184=Auditeur | Le Port`;
    expect(await peopleOf('csv', `${header}\r\n${cells}\r\n`, {}, 7)).toEqual([
      {
        line: 2,
        reasons: [],
        content: {
          ...CLAIRE,
          passwordDigest: BCRYPT,
          phone: '+33612345678',
          phoneVerifiedAt: '2026-01-02',
          preferredChannel: 'SMS',
          lastSignInAt: '',
          memberships: [
            { structure: '750712184', roles: ['auditor'] },
            { structure: 'Le Port', roles: [] },
          ],
        },
      },
    ]);
  });

  it('is JSON lines with the same names, whatever the pieces', async () => {
    const place = { structure: 'Le Port', roles: ['structure-admin'], function: 'Directrice' };
    const claire = { ...CLAIRE, roles: ['professional'], nationalId: '10003456789', memberships: [place] };
    const file = `\uFEFF${JSON.stringify(claire)}\r\n\n${JSON.stringify({ ...CLAIRE, phone: null })}`;
    const expected = [
      { line: 1, reasons: [], content: { ...NO_MORE, ...claire, nationalId: '810003456789' } },
      { line: 3, reasons: [], content: { ...NO_MORE, ...CLAIRE } },
    ];
    for (const size of [1, 5, 1_000]) expect(await peopleOf('jsonl', file, {}, size)).toEqual(expected);
  });

  it('names the structures of groups in a file of two columns', async () => {
    const map = await readStructureMap(piecesOf('/hospital/nurses;750712184\n"ou=port,dc=h";Le Port\n'));
    expect([...map]).toEqual([
      ['/hospital/nurses', '750712184'],
      ['ou=port,dc=h', 'Le Port'],
    ]);
    await expect(readStructureMap(piecesOf('a;b\nc\n'))).rejects.toMatchObject({ line: 2, code: 'map' });
  });
});

describe('a realm of Keycloak', () => {
  const credential = (algorithm: string, more = {}) => ({
    type: 'password',
    secretData: JSON.stringify({ value: 'aGFzaGhhc2hoYXNoaGFzaA==', salt: 'c2FsdHNhbHQ=' }),
    credentialData: JSON.stringify({ hashIterations: 210_000, algorithm, ...more }),
  });
  const realm = {
    realm: 'sante "users" \\',
    roles: { realm: [{ name: 'users' }] },
    users: [
      {
        username: 'claire',
        email: 'c@h.example',
        firstName: 'Claire',
        lastName: 'Martin',
        enabled: true,
        attributes: { RPPS: ['10003456789'], mobile: ['06 12 34 56 78'], locale: ['fr_FR'] },
        credentials: [{ type: 'otp' }, credential('pbkdf2-sha512')],
        groups: ['/hospital', '/port', '/canteen'],
      },
      {
        username: 'yann',
        email: 'y@h.example',
        requiredActions: ['UPDATE_PASSWORD'],
        credentials: [credential('pbkdf2-sha256')],
      },
    ],
    clients: [{ clientId: 'x' }],
  };
  const structures = new Map([
    ['/hospital', '750712184'],
    ['/port', 'Le Port'],
  ]);

  it('gives its people with digests, attributes and groups, whatever the pieces', async () => {
    const text = JSON.stringify(realm, null, 2);
    const line = text.slice(0, text.indexOf('"username"')).split('\n').length - 1;
    for (const size of [3, 64, 100_000]) {
      const people = await peopleOf('keycloak', text, { structures }, size);
      expect(people[0]).toEqual({
        line,
        reasons: [{ code: 'group', of: '/canteen' }],
        content: {
          ...NO_MORE,
          ...CLAIRE,
          givenName: 'Claire',
          familyName: 'Martin',
          locale: 'fr',
          nationalId: '810003456789',
          structure: '750712184',
          phone: '06 12 34 56 78',
          passwordDigest: '$pbkdf2-sha512$i=210000$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaA',
          memberships: [{ structure: 'Le Port', roles: [] }],
        },
      });
      expect(people[1]).toMatchObject({ content: { passwordDigest: '' }, reasons: [{ code: 'temporary' }] });
    }
  });

  it('counts its users when it has no line breaks', async () => {
    const people = await peopleOf('keycloak', JSON.stringify(realm));
    expect(people.map(({ line }) => line)).toEqual([1, 2]);
  });

  it('may be in several files of an export by users, one after the other', async () => {
    const files = realm.users.map((user) => `${JSON.stringify({ realm: 'sante', users: [user] })}\n`);
    const people = await peopleOf('keycloak', files.join(''));
    expect(people.map(({ content }) => content.username)).toEqual(['claire', 'yann']);
  });
});

describe('an LDAP directory', () => {
  const LDIF = [
    'version: 1',
    '# made by slapcat',
    '  of 2026',
    'dn: dc=h,dc=example',
    'objectClass: organization',
    '',
    'dn: uid=claire,ou=Cardiology,ou=Hospital,dc=h',
    'objectClass: inetOrgPerson',
    'uid: claire',
    'cn;lang-fr: Claire Mar',
    ' tin',
    'mail: c@h.example',
    'userPassword:: e0NSWVBUfSQ2JHNhbHQkaGFzaA==',
    `jpegPhoto:: ${'A'.repeat(200_000)}`,
    'employeeNumber: 10003456789',
    'preferredLanguage: fr-FR',
    'pwdLastSuccess: 20260102030405Z',
    '',
    '',
    'dn:: dWlkPXlhbm4sZGM9aA==',
    'objectclass: person',
    'uid: yann',
    'mail: y@h.example',
    'displayName: Yann',
    'userPassword: {SSHA}x',
    'pwdReset: TRUE',
  ].join('\r\n');

  it('gives its people with passwords, folded and encoded values, and the structure of their branch', async () => {
    const structures = new Map([[nameKey('ou=Hospital,dc=h'), '750712184']]);
    for (const size of [2, 1_000, 1_000_000]) {
      const options = { structures, attributes: { nationalId: 'employeeNumber' } };
      const people = await peopleOf('ldif', LDIF, options, size);
      expect(people).toEqual([
        {
          line: 7,
          reasons: [],
          content: {
            ...NO_MORE,
            ...CLAIRE,
            locale: 'fr',
            nationalId: '810003456789',
            structure: '750712184',
            passwordDigest: '$6$salt$hash',
            lastSignInAt: '2026-01-02T03:04:05Z',
          },
        },
        {
          line: 20,
          reasons: [{ code: 'temporary' }],
          content: { ...NO_MORE, username: 'yann', email: 'y@h.example', displayName: 'Yann' },
        },
      ]);
    }
  });
});
