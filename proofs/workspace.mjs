import { runPackage } from '../tools/workspace/command.mjs';

/**
 * Repeats, in clones and new applications, what other teams and operators do with this repository: recipes, packages,
 * a release, an upgrade, a backup, the Ansible role, and Nx's affected projects.
 */
export async function prove() {
  const { code } = await runPackage('vitest', ['run', '--config', 'proofs/vitest.config.mjs'], {
    stdio: 'inherit',
  });
  if (code !== 0) throw new Error('a test failed, see above');
}
