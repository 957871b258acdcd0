import { runPackage } from './workspace/command.mjs';

// `npm install` generates files that editors, lint and types read: the API client, the texts of the journal, the data
// of the page « Données personnelles ». It must not fail the installation.
try {
  await runPackage('nx', ['run-many', '-t', 'generate', 'people', '-p', '@portillon/web'], {
    env: { NX_TUI: 'false' },
  });
} catch {
  // Without Nx: the installation has no development tools.
}
