import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planSettings } from './own-settings';
import { writeFiles } from './planned-file';

const ANSWERED = 'PUBLIC_URL=https://portail.example\nSUPPORT_EMAIL=old@hopital.example\n';

describe('the settings of a machine at an upgrade', () => {
  let folder: string;
  let path: string;
  let printed: string[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portillon-settings-'));
    path = join(folder, 'settings');
    printed = [];
    jest.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
  });
  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  const init = async (text = ANSWERED, confirm?: () => Promise<boolean>) =>
    writeFiles(await planSettings({ path, text }, confirm));
  const settings = () => readFileSync(path, 'utf8');
  const edit = (from: string, to: string) => writeFileSync(path, settings().replace(from, to));
  const copies = () => readdirSync(folder).filter((name) => /^settings\.\d{4}-\d\d-\d\dT[\d-]+$/.test(name));

  it('keep what the operator added, with its comment, and are not written again', async () => {
    await init();
    writeFileSync(path, `# ours\nSERVICE_NAME="Portail de l’hôpital"\n${settings()}CODE_WINDOW_HOURS=8`, {
      mode: 0o600,
    });
    const own = settings();
    expect(await init()).toEqual([]);
    expect(settings()).toBe(own);
    expect(printed).toEqual([]);
  });

  it('keep what the operator changed, and without a terminal say so', async () => {
    await init();
    edit('old@', 'new@');
    expect(await init()).toEqual([]);
    expect(settings()).toContain('SUPPORT_EMAIL=new@hopital.example\n');
    expect(printed).toEqual([
      `differs ${path}: SUPPORT_EMAIL=new@hopital.example; the answers say old@hopital.example`,
      `kept    ${path}: these values stay`,
    ]);
  });

  it('keep them at the first upgrade too, when nothing says what init wrote', async () => {
    await init();
    rmSync(`${path}.init`);
    edit('old@', 'new@');
    await init();
    expect(settings()).toContain('new@hopital.example');
  });

  it('keep a line away that the operator removed', async () => {
    await init();
    edit('SUPPORT_EMAIL=old@hopital.example\n', '');
    await init();
    expect(settings()).toBe('PUBLIC_URL=https://portail.example\n');
    expect(printed[0]).toContain('SUPPORT_EMAIL= is not there');
  });

  it('take the answers on request, and leave a dated copy with the same permissions', async () => {
    await init();
    edit('old@', 'new@');
    writeFileSync(path, `SERVICE_NAME=Portail\n${settings()}`);
    expect(await init(ANSWERED, async () => false)).toEqual([]);
    expect(copies()).toEqual([]);
    expect(await init(ANSWERED, async () => true)).toEqual([path]);
    expect(settings()).toBe(`SERVICE_NAME=Portail\n${ANSWERED}`);
    expect(copies()).toHaveLength(1);
    expect(readFileSync(join(folder, copies()[0]!), 'utf8')).toContain('new@hopital.example');
  });

  it('take a changed and a new answer where the operator changed nothing', async () => {
    await init();
    writeFileSync(path, `${settings()}SERVICE_NAME=Portail`);
    await init(`${ANSWERED.replace('old@', 'other@')}DATABASE_TLS=verify\n`);
    expect(settings()).toBe(
      `${ANSWERED.replace('old@', 'other@')}SERVICE_NAME=Portail\nDATABASE_TLS=verify\n`,
    );
    expect(printed).toEqual([]);
    expect(statSync(path).mode & 0o777).toBe(0o644);
  });
});
