import { runPackage } from './workspace/command.mjs';

// `npm install` makes what editors, lint and types read: the client of the API, the texts of the journal, what the page
// « Données personnelles » lists. It must not fail the installation.
try {
  await runPackage('nx', ['run-many', '-t', 'generate', 'people', '-p', '@portillon/web'], {
    env: { NX_TUI: 'false' },
  });
} catch {
  // No Nx: an installation without the tools of development.
}
