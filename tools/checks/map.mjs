import { createProjectGraphAsync } from '@nx/devkit';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { ROOT } from '../workspace/command.mjs';

/** The page generated from Nx's graph. */
export const MAP = join(ROOT, 'docs/guide/map.md');

/** The layers from top to bottom: a package depends on its own layer and on those below. */
const LAYERS = {
  app: 'assemble the programs that run',
  client: 'packages for other applications',
  feature: 'own routes and use cases',
  domain: 'own tables, their rules and their vocabulary',
  platform: 'have no business rules',
  kernel: 'time, randomness, errors, keys, tokens',
};

/** The id of a layer in the chart is a plural, so that it differs from a package of the same name. */
const DOWN = ['apps ==> features', 'features ==> domains', 'domains ==> platforms', 'platforms ==> kernels'];

/** Returns the page, with the parts between its marks generated from the graph. */
export async function drawnMap() {
  const layers = layersOf(await createProjectGraphAsync());
  const page = readFileSync(MAP, 'utf8');
  const drawn = between(between(page, 'layers', chart(layers)), 'packages', tables(layers));
  return format(drawn, { ...(await resolveConfig(MAP)), filepath: MAP });
}

/** Dependencies as `user → used`, by short names. */
export async function edges() {
  return layersOf(await createProjectGraphAsync()).flatMap(({ packages }) =>
    packages.flatMap(({ name, uses }) => uses.map((other) => `${name} → ${other}`)),
  );
}

/** Packages of each layer, without the tools, the test library and the end-to-end tests, which may use all of them. */
function layersOf({ nodes, dependencies }) {
  const product = Object.values(nodes)
    .filter(({ data }) => layerOf(data) && !data.root.startsWith('tools'))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const packages = product.map((node) => ({
    layer: layerOf(node.data),
    ...packageOf(node, dependencies[node.name]),
  }));
  const names = new Set(packages.map(({ name }) => name));
  const known = packages.map((one) => ({ ...one, uses: one.uses.filter((use) => names.has(use)) }));
  return Object.keys(LAYERS).map((layer) => ({
    layer,
    packages: known.filter((one) => one.layer === layer),
  }));
}

function packageOf({ name, data }, edgesOf) {
  const { description, devDependencies } = JSON.parse(
    readFileSync(join(ROOT, data.root, 'package.json'), 'utf8'),
  );
  // Only specs of a library use these; the web application has separate build tools.
  const onlyInSpecs = data.root.startsWith('libs/') ? devDependencies : {};
  const held = edgesOf.filter(({ target, type }) => type !== 'implicit' && !onlyInSpecs?.[target]);
  return { name: short(name), about: description, uses: held.map(({ target }) => short(target)).sort() };
}

function layerOf({ tags }) {
  return Object.keys(LAYERS).find((layer) => tags?.includes(`type:${layer}`));
}

/**
 * Draws each layer as a box. One arrow joins two layers, since every package may use those below; within a layer each
 * dependency has an arrow.
 */
function chart(layers) {
  const boxes = layers.flatMap(box);
  const within = layers.flatMap(({ packages }) => closest(packages));
  const lines = [...boxes, ...within.map(arrow), ...ofClients(layers).map(arrow), ...DOWN];
  return ['```mermaid', 'flowchart TB', ...lines, '```'].join('\n');
}

function box({ layer, packages }) {
  return [`subgraph ${layer}s [${layer}]`, 'direction TB', ...packages.map(({ name }) => name), 'end'];
}

function arrow([one, other]) {
  return `${one} --> ${other}`;
}

/** Packages for other applications are beside the layers: each of their users has an arrow. */
function ofClients(layers) {
  const clients = layers.find(({ layer }) => layer === 'client').packages.map(({ name }) => name);
  return layers.flatMap(({ packages }) =>
    packages.flatMap(({ name, uses }) =>
      uses.filter((use) => clients.includes(use)).map((use) => [name, use]),
    ),
  );
}

/** The dependencies within a layer, without those that a longer path implies. */
function closest(packages) {
  const usesOf = new Map(
    packages.map(({ name, uses }) => [name, uses.filter((use) => packages.some((one) => one.name === use))]),
  );
  const reaches = (from, to) => usesOf.get(from).some((next) => next === to || reaches(next, to));
  return [...usesOf].flatMap(([name, uses]) =>
    uses
      .filter((use) => !uses.some((other) => other !== use && reaches(other, use)))
      .map((use) => [name, use]),
  );
}

function tables(layers) {
  return layers
    .map(({ layer, packages }) => {
      const lines = packages.map(
        ({ name, about, uses }) => `| \`${name}\` | ${about} | ${uses.join(', ')} |`,
      );
      return [
        `### ${layer}: ${LAYERS[layer]}`,
        '',
        '| package | purpose | depends on |',
        '| --- | --- | --- |',
        ...lines,
      ].join('\n');
    })
    .join('\n\n');
}

function between(page, mark, drawn) {
  const marks = new RegExp(`(<!-- ${mark} -->\n)[^]*(\n<!-- /${mark} -->)`);
  return page.replace(marks, (_, begin, end) => `${begin}\n${drawn}\n${end}`);
}

function short(name) {
  return name.replace('@portillon/', '');
}
