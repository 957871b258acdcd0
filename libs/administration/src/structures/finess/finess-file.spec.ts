import { Readable } from 'node:stream';
import { FinessEntry, FinessFileFault, readFiness } from './finess-file';

/** Lines as the open data has them. */
const HEAD = 'finess;etalab;95;2026-11-04';
const HOSPITAL =
  'structureet;330781196;330781154;HOP TROIS DAMES;HOPITAL DES TROIS DAMES;;;12;QU;DES TROIS DAMES;;BP 12;063;33;GIRONDE;33000 BORDEAUX CEDEX;0556000000;;101;CHR;1102;CHR;26330581500012;8610Z;57;ARS;1;Public;1979-01-01;1979-01-01;2026-01-01;';
const ENTITY =
  'structureej;330781154;CHU BORDEAUX;CENTRE HOSPITALIER UNIVERSITAIRE DE BORDEAUX;;12;RUE;DUBERNAT';
const PLACE = 'geolocalisation;330781196;417000.0;6421000.0;1,ATLASANTE;2026-01-01';

async function entries(...lines: string[]): Promise<FinessEntry[]> {
  const found: FinessEntry[] = [];
  for await (const entry of readFiness(Readable.from([Buffer.from(lines.join('\n'))]))) found.push(entry);
  return found;
}

const faultOf = (...lines: string[]) =>
  entries(...lines).then(
    () => 'none',
    (error: unknown) => (error instanceof FinessFileFault ? error.fault : String(error)),
  );

describe('the open data of FINESS', () => {
  it('is read as establishments with their address and legal entity; other lines are skipped', async () => {
    expect(await entries(HEAD, HOSPITAL, PLACE, ENTITY)).toEqual([
      {
        kind: 'establishment',
        finess: '330781196',
        name: 'HOPITAL DES TROIS DAMES',
        town: 'BORDEAUX',
        address: '12 QU DES TROIS DAMES, BP 12, 33000 BORDEAUX CEDEX',
        entity: '330781154',
      },
      { kind: 'entity', finess: '330781154', name: 'CENTRE HOSPITALIER UNIVERSITAIRE DE BORDEAUX' },
    ]);
  });

  it('has the short name where there is no long one', async () => {
    const [entry] = await entries(HOSPITAL.replace('HOPITAL DES TROIS DAMES', ''));
    expect(entry!.name).toBe('HOP TROIS DAMES');
  });

  it.each([
    ['no-establishment', ['<?xml version="1.0"?>', '<fluxfiness/>']],
    ['no-establishment', ['']],
    ['no-establishment', [HEAD]],
    ['no-establishment', ['nom;prenom', 'Roux;Claire']],
    ['format', ['structureet;"open']],
  ])('is refused with %s when it is another file, of %j', async (fault, lines) => {
    expect(await faultOf(...lines)).toBe(fault);
  });

  it('is refused when it is not UTF-8', async () => {
    const bytes = Buffer.from(HOSPITAL.replace('HOPITAL', 'HÔPITAL'), 'latin1');
    const read = async () => {
      for await (const entry of readFiness(Readable.from([bytes]))) expect(entry).toBeUndefined();
    };
    await expect(read()).rejects.toMatchObject({ fault: 'encoding' });
  });

  it('may lack its last columns', async () => {
    expect(await entries('structureet;330781196;330781154;LE PORT')).toMatchObject([
      { name: 'LE PORT', town: '', address: '' },
    ]);
  });
});
