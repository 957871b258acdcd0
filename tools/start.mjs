import './workspace/node-version.mjs';
import { spawn } from 'node:child_process';
import { build } from './build.mjs';
import { ROOT } from './workspace/command.mjs';
import { demoOrientation } from './workspace/demo-orientation.mjs';
import { demoProSanteConnect } from './workspace/demo-psc.mjs';
import { install } from './workspace/install.mjs';
import { isTaken } from './workspace/port.mjs';
import { PROGRAM } from './workspace/server.mjs';
import { setting } from './workspace/settings.mjs';

/** Takes a clone to a running server: installs, builds what changed, and serves until stopped. */
async function start() {
  await refuseTakenPort();
  await install();
  await build();
  serve({
    DEMO_HISTORY_DAYS: setting('DEMO_HISTORY_DAYS', '120'),
    ...(await demoProSanteConnect()),
    ...(await demoOrientation()),
  });
}

/** Called first, so that a taken port is reported before a minute of installation. */
async function refuseTakenPort() {
  const port = Number(setting('PORT', 3000));
  if (!(await isTaken(port, setting('HOST', '127.0.0.1')))) return;
  throw new Error(
    `Port ${port} is taken by another program (perhaps a Portillon that still runs).\n` +
      `Stop that one, or choose another port: PORT=${port + 1} npm start`,
  );
}

function serve(environment) {
  const server = spawn(process.execPath, [PROGRAM, 'serve'], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: 'inherit',
  });
  passOn(server, 'SIGTERM');
  // On a closed terminal: SIGHUP may make the server reload its certificates instead of stopping.
  process.on('SIGHUP', () => server.kill('SIGTERM'));
  // A terminal sends Ctrl+C to the server as well: a second signal would interrupt its shutdown.
  if (process.stdin.isTTY) process.on('SIGINT', () => undefined);
  else passOn(server, 'SIGINT');
  if (process.env.npm_lifecycle_event) endWithShell(server);
  server.once('exit', (code) => process.exit(code ?? 0));
}

function passOn(server, signal) {
  process.on(signal, () => server.kill(signal));
}

/** npm runs this in a shell, which forwards no signal: when the shell ends, npm was stopped. */
function endWithShell(server) {
  const shell = process.ppid;
  setInterval(() => process.ppid !== shell && server.kill('SIGTERM'), 500).unref();
}

start().catch((error) => {
  console.error(`\n${error.message}`);
  process.exit(1);
});
