import { names, updateJson } from '@nx/devkit';
import { join } from 'node:path';

/** Folder of the templates called `name`. */
export const templates = (name) => join(import.meta.dirname, name);

/** Replacements in the templates for a name such as `coupon-book`: `CouponBook`, `couponBook`, `Coupon book`. */
export function wordsOf(name) {
  const words = name.replaceAll('-', ' ');
  return { ...names(name), title: words[0].toUpperCase() + words.slice(1) };
}

export const folderOf = (lib) => `libs/${lib}`;

export function versionOf(tree, lib) {
  return JSON.parse(tree.read(`${folderOf(lib)}/package.json`, 'utf8')).version;
}

/** Peer dependencies: with two versions, Nest would not recognise the other's classes. */
const SHARED = ['kernel', 'persistence'];

/** Adds to a library's package.json our libraries `libs`, with a version range, and its `peers`. */
export function dependOn(tree, lib, { libs = [], tests = [], peers = [] }) {
  const ours = (list, prefix = '^') =>
    Object.fromEntries(list.map((one) => [`@portillon/${one}`, prefix + versionOf(tree, one)]));
  const isShared = (one) => SHARED.includes(one);
  const ranges = Object.fromEntries(peers.map((one) => [one, PEERS[one]]));
  updateJson(tree, `${folderOf(lib)}/package.json`, (manifest) => ({
    ...manifest,
    dependencies: sorted({
      ...manifest.dependencies,
      ...ours(libs.filter((one) => !isShared(one))),
    }),
    devDependencies: sorted({ ...manifest.devDependencies, ...ours(tests, '') }),
    peerDependencies: sorted({
      ...manifest.peerDependencies,
      ...ours(libs.filter(isShared)),
      ...ranges,
    }),
  }));
}

/** Same ranges as in the existing libraries. */
const PEERS = {
  '@nestjs/common': '^11 || ^12',
  '@nestjs/swagger': '^11 || ^12',
  '@nestjs/typeorm': '^11 || ^12',
  'class-validator': '0.15.1',
  typeorm: '^1.1.0',
};

export function sorted(dependencies) {
  return Object.fromEntries(Object.entries(dependencies).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Inserts `text` before the first occurrence of `mark` in the file. */
export function insertBefore(tree, file, mark, text) {
  replaceFirst(tree, file, mark, (found) => text + found);
}

/** Inserts `text` after it. */
export function insertAfter(tree, file, mark, text) {
  replaceFirst(tree, file, mark, (found) => found + text);
}

function replaceFirst(tree, file, mark, change) {
  const before = tree.read(file, 'utf8');
  if (!before.includes(mark)) throw new Error(`${file} has no "${mark}" any more: fix the generator.`);
  tree.write(file, before.replace(mark, change));
}
