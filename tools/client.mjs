import { runPackage } from './workspace/command.mjs';

// `npm install` makes the client of the API and the texts of the journal, which editors, lint and types read. It must not fail the installation.
try {
  await runPackage('nx', ['run', '@portillon/web:generate'], { env: { NX_TUI: 'false' } });
} catch {
  // No Nx: an installation without the tools of development.
}
