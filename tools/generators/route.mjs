import { formatFiles, generateFiles } from '@nx/devkit';
import { dependOn, folderOf, insertAfter, insertBefore, templates, wordsOf } from './shared.mjs';

/** Creates a route of a feature as described in `docs/guide/develop.md`: private, and added to the feature's module. */
export default async function route(tree, { name, feature, path }) {
  const words = { ...wordsOf(name), path, tag: wordsOf(feature).title };
  generateFiles(tree, templates('route'), folderOf(feature), words);
  dependOn(tree, feature, {
    libs: ['access', 'persistence'],
    tests: ['testing'],
    peers: ['@nestjs/common', '@nestjs/swagger', 'class-validator'],
  });
  const module = `${folderOf(feature)}/src/${feature}.module.ts`;
  for (const [list, role] of Object.entries({ controllers: 'Controller', providers: 'Service' })) {
    const part = words.className + role;
    const file = `./${words.fileName}.${role.toLowerCase()}`;
    insertBefore(tree, module, '\n/**', `import { ${part} } from '${file}';\n`);
    insertAfter(tree, module, `${list}: [`, `${part}, `);
  }
  await formatFiles(tree);
}
