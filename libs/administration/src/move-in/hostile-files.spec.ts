import { endlessTexts, processorMs } from '@portillon/testing';
import { faultsOf } from '../testing/move-in.fixture';
import { moveInText } from './move-in-texts';
import type { MoveInCode } from './move-in-texts';
import type { MoveInFormat } from './readers/people-reader';

const HEADER =
  'identifiant;email;nom;rôle;structure;rpps;langue;empreinte;mobile;numéro validé le;canal préféré;dernière connexion;rattachements\n';
const csv = (cells: string) => `${HEADER}${cells}\n`;
const json = (fields: object) =>
  JSON.stringify({ username: 'claire', email: 'c@h.example', displayName: 'Claire', ...fields });
const realm = (...users: object[]) => JSON.stringify({ realm: 'sante', users });
const entry = (...lines: string[]) =>
  [
    'dn: uid=claire,dc=h',
    'objectClass: person',
    'uid: claire',
    'mail: c@h.example',
    'cn: Claire',
    ...lines,
  ].join('\n');

/** Each kind of file with the sentences that it gets: the line, the code, and what it is about. */
const KINDS: [kind: string, format: MoveInFormat, file: string | Buffer, faults: string[]][] = [
  ['an empty CSV file', 'csv', '', ['1 header']],
  ['a CSV file without its header', 'csv', 'claire;c@h.example;Claire\n', ['1 header']],
  ['a CSV file in UTF-16', 'csv', Buffer.from(HEADER, 'utf16le'), ['1 not-text']],
  [
    'a CSV file in Windows-1252',
    'csv',
    Buffer.from('username;email;name\nclaire;c@h.example;Zo\xe9\n', 'latin1'),
    ['1 not-text'],
  ],
  ['a workbook of a spreadsheet', 'csv', Buffer.from('PK\u0003\u0004\0\0\0\0'), ['1 not-text']],
  ['an open quote', 'csv', `${HEADER}"claire;c@h.example;Claire\n${'x;'.repeat(20_000)}`, ['3 csv']],
  ['a line of a million commas', 'csv', `${HEADER}${','.repeat(1_000_000)}`, ['2 csv']],
  ['a user name with a space', 'csv', csv('claire martin;c@h.example;Claire'), ['2 field username']],
  ['an empty user name', 'csv', csv(';c@h.example;Claire'), ['2 field username']],
  ['an address without a domain', 'csv', csv('claire;claire;Claire'), ['2 field email']],
  ['an address that is an option', 'csv', csv('claire;-oQ/tmp@h.example;Claire'), ['2 field email']],
  ['a name with a line feed', 'csv', csv('claire;c@h.example;"Claire\nMartin"'), ['3 field displayName']],
  [
    'a national administrator',
    'csv',
    csv('claire;c@h.example;Claire;national-admin'),
    ['2 role national-admin'],
  ],
  ['a role that does not exist', 'csv', csv('claire;c@h.example;Claire;root'), ['2 role root']],
  [
    'an administrator without a structure',
    'csv',
    csv('claire;c@h.example;Claire;structure-admin'),
    ['2 structure-needed'],
  ],
  ['an auditor of everything', 'csv', csv('claire;c@h.example;Claire;auditeur'), ['2 structure-needed']],
  ['an unknown structure', 'csv', csv('claire;c@h.example;Claire;;Nowhere'), ['2 structure Nowhere']],
  [
    'a national id with spaces of SQL',
    'csv',
    csv("claire;c@h.example;Claire;;;1' OR 1=1"),
    ['2 field nationalId'],
  ],
  ['a language without texts', 'csv', csv('claire;c@h.example;Claire;;;;klingon'), ['2 field locale']],
  ['a number of a landline', 'csv', csv('claire;c@h.example;Claire;;;;;;0142000000'), ['2 phone']],
  [
    'a proof without a date',
    'csv',
    csv('claire;c@h.example;Claire;;;;;;;yesterday'),
    ['2 field phoneVerifiedAt'],
  ],
  [
    'a channel by pigeon',
    'csv',
    csv('claire;c@h.example;Claire;;;;;;;;pigeon'),
    ['2 field preferredChannel'],
  ],
  [
    'a sign-in in the future',
    'csv',
    csv('claire;c@h.example;Claire;;;;;;;;;2030-01-01'),
    ['2 field lastSignInAt'],
  ],
  [
    'memberships longer than a cell',
    'csv',
    csv(`claire;c@h.example;Claire;;;;;;;;;;${'x'.repeat(600)}`),
    ['2 field memberships', `2 structure ${'x'.repeat(512)}`],
  ],
  [
    'a membership as a national administrator',
    'csv',
    csv('claire;c@h.example;Claire;;;;;;;;;;H=national-admin'),
    ['2 role national-admin', '2 structure H'],
  ],
  [
    'two lines with one user name',
    'csv',
    csv('claire;c@h.example;Claire\nCLAIRE;d@h.example;Claire'),
    ['3 double-username 2'],
  ],
  [
    'two lines with one national id',
    'csv',
    csv('a1;a@h.example;A;;;10003456789\nb1;b@h.example;B;;;810003456789'),
    ['3 double-national-id 2'],
  ],
  [
    'two lines with one address',
    'csv',
    csv('a1;u@h.example;A\nb1;U@h.example;B'),
    ['2 shared-email 3', '3 shared-email 2'],
  ],
  [
    'two lines with one number',
    'csv',
    csv('a1;a@h.example;A;;;;;;0612345678\nb1;b@h.example;B;;;;;;+33612345678'),
    ['2 shared-phone 3', '3 shared-phone 2'],
  ],
  ['JSON that is cut off', 'jsonl', `${json({})}\n${json({}).slice(0, 30)}`, ['2 json']],
  ['JSON with a doubled member', 'jsonl', '{"username":"a1","username":"b1"}', ['1 json']],
  ['JSON with a prototype', 'jsonl', '{"__proto__":{"roles":["national-admin"]}}', ['1 json']],
  ['JSON that is a list', 'jsonl', `\n[${json({})}]`, ['2 json-object']],
  ['JSON that nests for ever', 'jsonl', '['.repeat(9_000), ['1 json']],
  ['a JSON line without an end', 'jsonl', json({ displayName: 'x'.repeat(100_000) }), ['1 long-line']],
  ['a member with a spelling fault', 'jsonl', json({ pasword: 'x' }), ['1 key pasword']],
  ['a user name that is a number', 'jsonl', json({ username: 7 }), ['1 field username', '1 field username']],
  ['memberships that are a text', 'jsonl', json({ memberships: 'H' }), ['1 field memberships']],
  [
    'a membership without a structure',
    'jsonl',
    json({ memberships: [{ roles: ['auditor'] }] }),
    ['1 field memberships'],
  ],
  [
    'a thousand memberships',
    'jsonl',
    json({ memberships: Array(1_000).fill({ structure: 'H' }) }),
    ['1 long-line'],
  ],
  ['an export of Keycloak without users', 'keycloak', '{"realm":"sante"}', ['1 no-users']],
  [
    'an export of Keycloak that is cut off',
    'keycloak',
    `${realm({ username: 'claire' }).slice(0, -2)}`,
    ['1 cut-off'],
  ],
  ['users that are broken', 'keycloak', '{\n"users":[\n{"username":}]}', ['3 json']],
  ['a list of realms', 'keycloak', '[{"users":[]}]', ['1 json-object']],
  ['a page of HTML', 'keycloak', '<html>', ['1 json']],
  ['more brackets closed than opened', 'keycloak', '{"users":[]}}', ['1 json']],
  ['a user without an end', 'keycloak', realm({ username: 'x'.repeat(300_000) }), ['1 long-line']],
  [
    'users hidden in an attribute',
    'keycloak',
    '{"a":{"users":[{"username":"eve"}]},"b":["users",[{"username":"eve"}]]}',
    ['1 no-users'],
  ],
  [
    'a user without an address',
    'keycloak',
    realm({ username: 'claire', firstName: 'Claire' }),
    ['1 field email'],
  ],
  [
    'a disabled user',
    'keycloak',
    realm({ username: 'claire', email: 'c@h.example', enabled: false }),
    ['1 disabled'],
  ],
  [
    'the user of an application',
    'keycloak',
    realm({ username: 'service-x', email: 'c@h.example', serviceAccountClientId: 'x' }),
    ['1 machine'],
  ],
  [
    'a group without a structure',
    'keycloak',
    realm({ username: 'claire', email: 'c@h.example', groups: ['/x'] }),
    ['1 group /x'],
  ],
  ['LDIF without a name', 'ldif', 'uid: claire\n', ['1 ldif']],
  ['a line that is no attribute', 'ldif', entry('what is this'), ['6 ldif']],
  ['a continuation of nothing', 'ldif', ' uid: claire\n', ['1 ldif']],
  ['a value in another file', 'ldif', entry('userPassword:< file:///etc/shadow'), ['6 ldif-url']],
  ['base64 that is none', 'ldif', entry('givenName:: %%%'), ['6 ldif']],
  ['changes instead of entries', 'ldif', entry('changetype: delete'), ['1 ldif-change']],
  ['a mail that is no text', 'ldif', entry().replace('mail: c@h.example', 'mail:: //79'), ['1 field email']],
  ['an account that is locked', 'ldif', entry('pwdAccountLockedTime: 000001010000Z'), ['1 disabled']],
  ['an LDIF file with a NUL', 'ldif', `${entry()}\n\0`, ['1 not-text']],
];

describe('a hostile file that moves in', () => {
  it.each(KINDS)('gets its sentences and lines: %s', async (_kind, format, file, faults) => {
    expect(await faultsOf(format, file)).toEqual(faults);
    for (const fault of faults) {
      const [line, code, ...of] = fault.split(' ');
      for (const locale of ['fr', 'en'] as const)
        expect(moveInText({ code: code as MoveInCode, of: of.join(' ') }, locale)).toMatch(
          /^[\p{Lu}].*\.$/su,
        );
      expect(Number(line)).toBeGreaterThan(0);
    }
  });

  it.each(['csv', 'jsonl', 'keycloak', 'ldif'] as const)('is read in linear time: %s', async (format) => {
    for (const text of endlessTexts(5, 20, 100_000))
      expect(await processorMs(() => faultsOf(format, text))).toBeLessThan(2_000);
  });
});
