import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../harness/server/server';
import { useStage } from '../harness/server/stage';

const MANIFEST = join(__dirname, '../../../../package.json');

it.each(['--version', '-V'])('%s prints version, commit and Node.js without any setting', async (option) => {
  const { code, stdout } = await runCommand(tmpdir(), [option], {});
  const { version } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as { version: string };
  const commit = /\((?<commit>[0-9a-f]{8})\)/.exec(stdout)?.groups?.['commit'];
  expect(stdout).toBe(`portillon ${version} (${commit}) on Node.js ${process.versions.node}\n`);
  expect(code).toBe(0);
});

describe('on Node.js 20', () => {
  const stage = useStage({
    environment: {
      NODE_OPTIONS:
        '--import=data:text/javascript,Object.defineProperty(process,%22release%22,{value:{lts:%22Iron%22}})',
    },
  });

  it('logs no warning of a library about it', async () => {
    expect((await stage.visitor().get('/.well-known/openid-configuration')).status).toBe(200);
    expect(stage.server.lines.filter((line) => line.includes('oidc-provider'))).toEqual([]);
  });
});
