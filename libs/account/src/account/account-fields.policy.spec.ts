import { wrongFields, isMssante } from './account-fields.policy';

const isEmail = (email: string) => wrongFields({ email }).length === 0;

describe('a mail address', () => {
  it.each([
    'claire@hopital.example',
    'claire.martin+garde@chu-nord.hopital.example',
    'zoé@hôpital.example',
    `${'a'.repeat(64)}@${'b'.repeat(63)}.example`,
  ])('is taken: %s', (email) => {
    expect(isEmail(email)).toBe(true);
  });

  it.each([
    ['a host without a domain', 'claire@localhost'],
    ['an empty label', 'claire@hopital..example'],
    ['a dot before the domain', 'claire@.hopital.example'],
    ['a dot after it', 'claire@hopital.example.'],
    ['a label longer than the DNS has', `claire@${'b'.repeat(64)}.example`],
    ['a domain longer than its column', `claire@${'b.'.repeat(95)}example`],
    ['an address in brackets', 'claire@[192.0.2.7]'],
    ['an option of sendmail', '-oQ/tmp@x.example'],
    ['two addresses', 'claire@hopital.example,all@hopital.example'],
  ])('is refused: %s', (_, email) => {
    expect(isEmail(email)).toBe(false);
  });
});

describe('an address of the MSSanté', () => {
  it.each(['claire.martin@medecin.mssante.fr', 'a@chu-x.aura.mssante.fr', 'a@MSSANTE.FR'])('is %s', (email) =>
    expect(isMssante(email)).toBe(true),
  );

  it.each([
    'a@hopital.example',
    'a@notmssante.fr',
    'a@mssante.fr.evil.example',
    'mssante.fr@hopital.example',
  ])('is not %s', (email) => expect(isMssante(email)).toBe(false));
});
