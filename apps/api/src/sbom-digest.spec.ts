import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sbomDigest } from './sbom-digest';

describe('the digest of the list of parts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-sbom-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is none where the sources run as they are', () => {
    expect(sbomDigest()).toBeNull();
    expect(sbomDigest(folder)).toBeNull();
  });

  it('is what the build wrote beside the server', () => {
    writeFileSync(join(folder, 'sbom.sha256'), '5f70bf18\n');
    expect(sbomDigest(folder)).toBe('5f70bf18');
  });
});
