import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { INestApplicationContext } from '@nestjs/common';
import { FinessStructuresService, readFiness } from '@portillon/administration';
import type { FinessEntry, FinessResult } from '@portillon/administration';
import { isFiness, StructureService } from '@portillon/structure';
import { concurrently, describeOnEveryEngine } from '@portillon/testing';
import { DataSource } from 'typeorm';
import { PERSISTENCE_PARTS } from '../../persistence-parts';
import { openTestContext, testEnvironment } from '../testing/test-context';
import { importStructures } from './import-structures';

/** The number of this establishment, with its key. */
function numberOf(serial: number): string {
  const head = `33${String(serial).padStart(6, '0')}`;
  return Array.from({ length: 10 }, (_, key) => `${head}${key}`).find(isFiness)!;
}

const ENTITY = numberOf(900);
const line = (serial: number, name: string, town = 'BORDEAUX', entity = ENTITY) =>
  `structureet;${numberOf(serial)};${entity};X;${name};;;${serial};RUE;DU PORT;;;063;33;GIRONDE;33000 ${town}`;
const entityLine = (name: string) => `structureej;${ENTITY};X;${name}`;

describeOnEveryEngine('structures from FINESS', PERSISTENCE_PARTS, (bench) => {
  let app: INestApplicationContext;

  beforeAll(async () => {
    app = await openTestContext(bench.url);
  }, 60_000);
  beforeEach(() => bench.empty());
  afterAll(() => app.close());

  const rows = <Row>(sql: string) => app.get(DataSource).query<Row[]>(sql);
  const structures = () =>
    rows<{ name: string; finess: string; kind: string; parentId: string | null; address: string | null }>(
      'SELECT name, finess, kind, parentId, address FROM structure ORDER BY finess',
    );

  async function create(lines: string[], numbers: string[], confirm = true): Promise<FinessResult[]> {
    const service = app.get(FinessStructuresService);
    async function* entries(): AsyncGenerator<FinessEntry> {
      yield* readFiness(Readable.from([Buffer.from(lines.join('\n'))]));
    }
    const results: FinessResult[] = [];
    for await (const one of service.create(await service.select(entries(), numbers), confirm))
      results.push(one);
    return results;
  }

  it('have name, number and address, and their legal entity is the grouping above', async () => {
    const lines = [line(1, 'HOPITAL NORD'), line(2, 'HOPITAL SUD'), line(3, 'OTHER'), entityLine('CHU')];
    const results = await create(lines, [numberOf(1), numberOf(2)]);
    expect(results).toEqual([
      { finess: numberOf(1), outcome: 'created', name: 'HOPITAL NORD', grouping: 'CHU' },
      { finess: numberOf(2), outcome: 'created', name: 'HOPITAL SUD', grouping: 'CHU' },
    ]);
    const [first, second, grouping] = await structures();
    expect(first).toMatchObject({ kind: 'establishment', address: '1 RUE DU PORT, 33000 BORDEAUX' });
    expect(grouping).toMatchObject({ name: 'CHU', finess: ENTITY, kind: 'grouping', parentId: null });
    const [found] = await rows<{ id: string }>(`SELECT id FROM structure WHERE finess = '${ENTITY}'`);
    expect([first!.parentId, second!.parentId]).toEqual([found!.id, found!.id]);
    expect(await rows("SELECT 1 FROM auditEvent WHERE name = 'structure_created'")).toHaveLength(3);
  });

  it('have no grouping for a single establishment', async () => {
    await create([line(1, 'HOPITAL NORD'), entityLine('CHU')], [numberOf(1)]);
    expect(await structures()).toMatchObject([{ name: 'HOPITAL NORD', parentId: null }]);
  });

  it('get their town or their number in the name where names are alike', async () => {
    const lines = [
      line(1, 'LES TILLEULS'),
      line(2, 'Les Tilleuls', 'RENNES'),
      line(3, 'LES TILLEULS', 'RENNES'),
    ];
    await create(lines, [1, 2, 3].map(numberOf));
    expect((await structures()).map(({ name }) => name)).toEqual([
      'LES TILLEULS',
      'Les Tilleuls (RENNES)',
      `LES TILLEULS (${numberOf(3)})`,
    ]);
  });

  it('leave the plain name to the establishment where its legal entity has the same', async () => {
    await create([line(1, 'CHU'), line(2, 'HOPITAL SUD'), entityLine('CHU')], [numberOf(1), numberOf(2)]);
    const names = (await structures()).map(({ name }) => name);
    expect(names).toEqual(['CHU', 'HOPITAL SUD', 'CHU (entité juridique)']);
  });

  it('that exist stay as they are, and a second run changes nothing', async () => {
    await app.get(StructureService).create({ name: 'Le Port', finess: numberOf(1) });
    const lines = [line(1, 'HOPITAL NORD'), line(2, 'HOPITAL SUD'), entityLine('CHU')];
    const numbers = [numberOf(1), numberOf(2)];
    expect((await create(lines, numbers)).map(({ outcome }) => outcome)).toEqual(['exists', 'created']);
    const before = await structures();
    expect((await create(lines, numbers)).map(({ outcome }) => outcome)).toEqual(['exists', 'exists']);
    expect(await structures()).toEqual(before);
    expect(before[0]).toMatchObject({ name: 'Le Port', parentId: null });
  });

  it('are not written by a dry run, which finds the same', async () => {
    const lines = [line(1, 'LES TILLEULS'), line(2, 'LES TILLEULS'), entityLine('CHU')];
    const numbers = [numberOf(1), numberOf(2), numberOf(3), '330000000'];
    const dry = await create(lines, numbers, false);
    expect(await structures()).toEqual([]);
    expect(dry.map(({ outcome }) => outcome)).toEqual(['created', 'created', 'unknown', 'invalid']);
    expect(await create(lines, numbers)).toEqual(dry);
  });

  it('are created once when several servers run at once', async () => {
    const lines = Array.from({ length: 5 }, (_, index) => line(index, `HOPITAL ${index}`));
    const numbers = [0, 1, 2, 3, 4].map(numberOf);
    const { errors } = await concurrently(8, () => create([...lines, entityLine('CHU')], numbers));
    expect(errors).toEqual([]);
    expect((await structures()).map(({ finess }) => finess)).toEqual([...numbers, ENTITY]);
  });

  describe('by the command', () => {
    const folder = mkdtempSync(join(tmpdir(), 'finess-'));
    const finess = join(folder, 'finess.csv');
    const numbers = join(folder, 'numbers.txt');
    let printed: string[];
    beforeEach(() => {
      printed = [];
      jest.spyOn(console, 'log').mockImplementation((text: string) => void printed.push(text));
    });
    afterEach(() => {
      jest.restoreAllMocks();
      process.exitCode = undefined;
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    async function run(confirm: boolean): Promise<void> {
      const environment = jest.replaceProperty(process, 'env', testEnvironment(bench.url));
      await importStructures([finess], { numbers, confirm }).finally(() => environment.restore());
    }

    it('are listed, with what becomes of each number', async () => {
      writeFileSync(finess, [line(1, 'HOPITAL NORD'), entityLine('CHU')].join('\n'));
      writeFileSync(numbers, `${numberOf(1)}\r\n\n${numberOf(2)}\n`);
      await run(false);
      expect(printed.at(-1)).toContain('--confirm');
      expect(process.exitCode).toBe(1);
      await run(true);
      expect(printed.slice(-3)).toEqual([
        `${numberOf(1)} HOPITAL NORD`,
        expect.stringContaining(`${numberOf(2)}  is not in the register`),
        '1 structure(s) created, 0 exist, 1 number(s) without one.',
      ]);
    });

    it('come from the directory without a file, if there is one', async () => {
      writeFileSync(numbers, numberOf(1));
      const environment = jest.replaceProperty(process, 'env', testEnvironment(bench.url));
      const exporting = importStructures([], { numbers }).finally(() => environment.restore());
      await expect(exporting).rejects.toThrow('set ANNUAIRE_URL');
    });

    it.each([
      ['has no number', line(1, 'NORD'), ' \n'],
      ['has no line of FINESS', 'a;b', numberOf(1)],
    ])('are refused when a file %s', async (text, content, list) => {
      writeFileSync(finess, content);
      writeFileSync(numbers, list);
      await expect(run(true)).rejects.toThrow(text);
      expect(await structures()).toEqual([]);
    });
  });
});
