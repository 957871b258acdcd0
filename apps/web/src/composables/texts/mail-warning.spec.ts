import { describe, expect, it } from 'vitest';
import { inScope } from '../../../test/scope';
import { useMailWarning } from './mail-warning';

describe('a typed mail address', () => {
  it.each(['claire.martin@medecin.mssante.fr', ' a@CHU.mssante.fr '])('is warned about as %s', (email) =>
    expect(inScope(useMailWarning)(email)).toContain('aucun code n’y arrivera'),
  );

  it.each(['', 'claire.martin@hopital.example', 'a@notmssante.fr', 'a@mssante.fr.example'])(
    'has no warning as %s',
    (email) => expect(inScope(useMailWarning)(email)).toBeUndefined(),
  );
});
