import { formatFiles, generateFiles, updateJson } from '@nx/devkit';
import { createHash } from 'node:crypto';
import { dependOn, folderOf, insertBefore, sorted, templates, versionOf, wordsOf } from './shared.mjs';

const PARTS = 'apps/api/src/persistence-parts.ts';
const LANDED = 'tools/checks/landed-migrations.txt';
const MODULES = 'apps/api/src/lib-modules.ts';

/** Creates a library as described in `docs/guide/develop.md`, and adds it to the server. */
export default async function lib(tree, { name, type }) {
  if (tree.exists(folderOf(name))) throw new Error(`${folderOf(name)} is there already.`);
  const version = versionOf(tree, 'kernel');
  const words = { ...wordsOf(name), type, version, timestamp: Date.now() };
  for (const skeleton of ['lib', type]) generateFiles(tree, templates(skeleton), folderOf(name), words);
  KINDS[type](tree, words);
  updateJson(tree, 'apps/api/package.json', (manifest) => ({
    ...manifest,
    dependencies: sorted({ ...manifest.dependencies, [`@portillon/${name}`]: '*' }),
  }));
  await formatFiles(tree);
  if (type === 'domain') listMigration(tree, words);
}

/** Lists the migration's digest, which is that of the formatted file. */
function listMigration(tree, { fileName, timestamp }) {
  const file = `${folderOf(fileName)}/src/migrations/${timestamp}-create-${fileName}.ts`;
  const digest = createHash('sha256').update(tree.read(file)).digest('hex');
  tree.write(LANDED, `${tree.read(LANDED, 'utf8')}${digest}  ${file}\n`);
}

const KINDS = { domain, feature };

function domain(tree, { fileName, className, propertyName }) {
  dependOn(tree, fileName, {
    libs: ['kernel', 'persistence'],
    tests: ['testing'],
    peers: ['@nestjs/common', '@nestjs/typeorm', 'typeorm'],
  });
  const persistence = `${propertyName}Persistence`;
  insertBefore(tree, PARTS, 'import type', `import { ${persistence} } from '@portillon/${fileName}';\n`);
  insertBefore(tree, PARTS, '];', `  ${persistence},\n`);
  giveToServer(tree, fileName, `${className}Module`);
}

function feature(tree, { fileName, className }) {
  dependOn(tree, fileName, { libs: ['audit', 'persistence'], peers: ['@nestjs/common'] });
  giveToServer(tree, fileName, `${className}Module`);
}

function giveToServer(tree, lib, module) {
  insertBefore(tree, MODULES, 'import type', `import { ${module} } from '@portillon/${lib}';\n`);
  insertBefore(tree, MODULES, '  ];\n', `    ${module},\n`);
}
