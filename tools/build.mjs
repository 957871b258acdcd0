import { runPackage } from './workspace/command.mjs';
import { step } from './workspace/progress.mjs';

const TITLES = { api: 'Building the server', web: 'Building the pages' };

/** Builds the apps of that name, each into `apps/<name>/dist`. Nx's cache provides unchanged results. */
export async function build(names = Object.keys(TITLES)) {
  for (const name of names) await step(TITLES[name], () => nxBuild(name));
}

async function nxBuild(name) {
  const { code, output } = await runPackage('nx', ['run', `@portillon/${name}:build`], {
    env: { NX_TUI: 'false' },
  });
  if (code !== 0) throw new Error(output);
}
