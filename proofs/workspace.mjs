import { runPackage } from '../tools/workspace/command.mjs';

/**
 * What other teams and operators do with this repository, followed in clones and in applications of their own: recipes,
 * packages, a release, an upgrade, a backup, the Ansible role, what Nx says that a change affects.
 */
export async function prove() {
  const { code } = await runPackage('vitest', ['run', '--config', 'proofs/vitest.config.mjs'], {
    stdio: 'inherit',
  });
  if (code !== 0) throw new Error('a test failed, see above');
}
