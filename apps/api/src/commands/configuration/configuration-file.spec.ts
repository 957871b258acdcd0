import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ConfigurationFile } from './configuration-file';

describe('a file of configuration', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-configuration-'));
  const path = join(folder, 'gate.yaml');
  afterAll(() => rmSync(folder, { recursive: true }));

  const read = (text: string) => {
    writeFileSync(path, text);
    return ConfigurationFile.read(path);
  };

  it('has the place of each value, and the place of its parent for a missing one', async () => {
    const file = await read("version: 1\nstructures:\n  - name: N\n    finess: '1'\n");
    expect(file.value).toEqual({ version: 1, structures: [{ name: 'N', finess: '1' }] });
    expect(
      ['structures.0.finess', 'structures.0.siret', 'robots', ''].map((field) => file.place(field)),
    ).toEqual([`${path}:4:13`, `${path}:3:5`, `${path}:1:1`, `${path}:1:1`]);
  });

  it.each([
    ['an alias, by which a short file becomes a long one', 'version: 1\na: &x [1]\nb: *x', ':3:4 An alias'],
    ['a key twice', 'version: 1\nversion: 1', ':2:1 Map keys must be unique'],
    ['a name that every object has', 'version: 1\n__proto__: { a: 1 }', ':2:1 This field is not known'],
    ['a type of its own', 'version: !robot 1', ':1:10 Unresolved tag'],
    ['several documents', 'version: 1\n---\nversion: 1', ':2:1 Source contains multiple documents'],
    ['what is no YAML', 'version: [1', ':1:12 Flow sequence'],
    ['no map', '- version', ':1:1 The file must begin'],
    ['nothing', '', ':1:1 The file must begin'],
    ['what nests without end', '['.repeat(20_000), ':1:11 Nothing in a configuration nests so deeply.'],
    [
      'what nests deeper than anything in it',
      `version: 1\na: ${'['.repeat(12)}${']'.repeat(12)}`,
      ':2:13 Nothing in a configuration nests so deeply',
    ],
    ['what is too large', ' '.repeat(32 * 1024 * 1024 + 1), ' is larger than 32 MiB'],
  ])('is refused with %s', async (_what, text, sentence) => {
    await expect(read(text)).rejects.toMatchObject({
      name: 'Refusal',
      exitCode: 2,
      message: expect.stringContaining(`${path}${sentence}`),
    });
  });

  it('is read from a pipe too, which says no size before, and no further than its bound', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const writing = promisify(execFile)('sh', ['-c', `yes '#' | head -c ${33 * 1024 * 1024} > ${pipe}`]);
    await expect(ConfigurationFile.read(pipe)).rejects.toThrow(`${pipe} is larger than 32 MiB`);
    await writing.catch(() => undefined);
  });

  it('is refused when it is not there', () =>
    expect(ConfigurationFile.read(join(folder, 'none.yaml'))).rejects.toThrow('cannot be read (ENOENT)'));
});
