import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QUICK, useStage } from '../harness/server/stage';

/** What a browser is shown too. */
const WRITTEN = join(__dirname, '../../../web-e2e/src/statements');

describe('the statements of the operator', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-statements-'));
  cpSync(WRITTEN, folder, { recursive: true });
  const stage = useStage({ ...QUICK, environment: { ...QUICK.environment, SITE_STATEMENTS: folder } });
  afterAll(() => rmSync(folder, { recursive: true }));

  const run = (command: string) => stage.command([command]);

  it('are public, and override the notice entered on the page', async () => {
    const { body } = await stage.visitor().get('/api/legal-notice');
    expect(body).toMatchObject({
      publisherName: null,
      dataProtectionEmail: 'dpo@sante.example',
      accessibilityState: 'partial',
      accessibilityAuditedOn: '2026-11-12',
      statements: { accessibility: { rate: 78.5 }, legal: { en: [{ kind: 'heading' }, {}] } },
    });
    expect((await stage.visitor().get('/api/service')).body).toMatchObject({ accessibility: 'partial' });
  });

  it('are reported by the doctor and by portillon trust while parts are missing', async () => {
    expect((await run('doctor')).output).toMatch(
      /^warn\s+legal\s+not declared yet: publisherName.*hostPhone:/m,
    );
    const stated = await run('trust');
    expect(stated.code).toBe(1);
    expect(stated.output).toMatch(/Il manque\s: éditeur, adresse de l’éditeur/);
    expect(stated.output).not.toContain('déclaration d’accessibilité');
  });

  it('are named by the doctor and by portillon trust where there is no declaration', async () => {
    rmSync(join(folder, 'accessibility.yaml'));
    const { output } = await run('doctor');
    expect(output).toMatch(/^warn\s+legal\s+.*accessibilityEmail, accessibilityDeclaration:/m);
    expect(output).toMatch(/^ok\s+statements\s+published: .*; empty or not there: accessibility\.yaml$/m);
    expect((await run('trust')).output).toContain('déclaration d’accessibilité (SITE_STATEMENTS');
  });

  it.each(['serve', 'doctor'])('stop %s where one cannot be published, with its line', async (command) => {
    writeFileSync(join(folder, 'privacy.md'), 'Bonjour\n\n<script>alert(1)</script>\n');
    const { code, output } = await run(command);
    expect(code).toBe(1);
    expect(output).toContain('SITE_STATEMENTS cannot be published: privacy.md: line 3 has HTML');
  });
});
