import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');
const CACHE = join(ROOT, 'node_modules/.cache');

const SCRIPT = `
import { readdirSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { MetricsRegistry, SystemClock, SystemRandom } from '@portillon/kernel';
import { PasswordHashingService } from '${join(__dirname, 'index.ts')}';
import { passwordOptions } from '${join(__dirname, 'credential.options.ts')}';
import { PasswordHashingMetrics } from '${join(__dirname, 'password-hashing.metrics.ts')}';

const niceness = (task: string) => Number(readFileSync('/proc/self/task/' + task + '/stat', 'utf8').split(') ')[1]!.split(' ')[16]);

async function main() {
  const metrics = new MetricsRegistry();
  const passwords = new PasswordHashingService(passwordOptions({ threads: 1, niceness: 7 }), new SystemRandom(new SystemClock()), metrics);
  const digest = await passwords.hash('une phrase de passe');
  const right = await passwords.verify(digest, 'une phrase de passe');
  const nice = process.platform === 'linux' ? readdirSync('/proc/self/task').map(niceness) : [7];
  console.log(JSON.stringify({ right, own: getPriority(0), low: nice.filter((one) => one === 7).length }));
}
void main();
`;

const CONFIG = `
export default {
  input: 'entry.ts',
  tsconfig: '${join(ROOT, 'tsconfig.base.json')}',
  platform: 'node',
  resolve: { conditionNames: ['@portillon/source', 'node', 'require', 'default'] },
  external: (id) => !/^[./\\0]|^@portillon\\/|^@oxc-project|^entry/.test(id),
  output: { format: 'cjs', file: 'bundle.cjs', codeSplitting: false },
};
`;

describe('the hashing threads in a separate process', () => {
  let folder: string;
  let run: ReturnType<typeof spawnSync>;

  beforeAll(() => {
    mkdirSync(CACHE, { recursive: true });
    folder = mkdtempSync(join(CACHE, 'portillon-account-'));
    writeFileSync(join(folder, 'entry.ts'), SCRIPT);
    writeFileSync(join(folder, 'rolldown.config.mjs'), CONFIG);
    copyFileSync(join(ROOT, 'libs/credential/hashing.worker.cjs'), join(folder, 'hashing.worker.cjs'));
    execFileSync(join(ROOT, 'node_modules/.bin/rolldown'), ['-c'], { cwd: folder, stdio: 'pipe' });
    run = spawnSync(process.execPath, ['bundle.cjs'], { cwd: folder, timeout: 20_000, encoding: 'utf8' });
  }, 60_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('work from a bundle with their separate file', () => {
    expect(run.stderr).not.toContain('Error');
    expect(JSON.parse(String(run.stdout))).toMatchObject({ right: true });
  });

  it('do not keep the process running when idle', () => {
    expect({ status: run.status, signal: run.signal }).toEqual({ status: 0, signal: null });
  });

  it('give priority to the event loop, whose own priority is unchanged', () => {
    expect(JSON.parse(String(run.stdout))).toMatchObject({ own: getPriority(0), low: 1 });
  });
});
