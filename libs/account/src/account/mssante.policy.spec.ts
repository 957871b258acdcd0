import { isMssante } from './mssante.policy';

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
