import { runPackage } from '../tools/workspace/command.mjs';

/**
 * Follows in clones and new applications what other teams and operators do with this repository: recipes, packages, a
 * release, an upgrade, a backup, the Ansible role, and what Nx reports as affected by a change.
 */
export async function prove() {
  const { code } = await runPackage('vitest', ['run', '--config', 'proofs/vitest.config.mjs'], {
    stdio: 'inherit',
  });
  if (code !== 0) throw new Error('a test failed, see above');
}
