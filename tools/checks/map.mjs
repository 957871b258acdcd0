import { createProjectGraphAsync } from '@nx/devkit';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { ROOT } from '../workspace/command.mjs';

/** The page that is drawn from the graph of Nx. */
export const MAP = join(ROOT, 'docs/guide/map.md');

/** From the top down: a room stands on rooms of its own floor and of those below. */
const FLOORS = {
  app: 'put together what runs',
  client: 'what others install',
  feature: 'own routes, and the story of one act',
  domain: 'own tables, their rules and their words',
  platform: 'know no business',
  kernel: 'time, chance, errors, keys, tokens',
};

/** A floor has another id than a room of its name. */
const DOWN = ['apps ==> features', 'features ==> domains', 'domains ==> platforms', 'platforms ==> kernels'];

/** The page as it is to be: what stands between its marks is drawn anew, the rest stays. */
export async function drawnMap() {
  const floors = floorsOf(await createProjectGraphAsync());
  const page = readFileSync(MAP, 'utf8');
  const drawn = between(between(page, 'floors', chart(floors)), 'rooms', tables(floors));
  return format(drawn, { ...(await resolveConfig(MAP)), filepath: MAP });
}

/** Pairs of rooms, the first of which uses the second, by short names. */
export async function edges() {
  return floorsOf(await createProjectGraphAsync()).flatMap(({ rooms }) =>
    rooms.flatMap(({ name, uses }) => uses.map((other) => `${name} → ${other}`)),
  );
}

/** The rooms of each floor. Left out: tools, the test bench, and the tests from outside, which stand on all of it. */
function floorsOf({ nodes, dependencies }) {
  const product = Object.values(nodes)
    .filter(({ data }) => floorOf(data) && !data.root.startsWith('tools'))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const rooms = product.map((node) => ({
    floor: floorOf(node.data),
    ...roomOf(node, dependencies[node.name]),
  }));
  const names = new Set(rooms.map(({ name }) => name));
  const known = rooms.map((room) => ({ ...room, uses: room.uses.filter((use) => names.has(use)) }));
  return Object.keys(FLOORS).map((floor) => ({ floor, rooms: known.filter((room) => room.floor === floor) }));
}

function roomOf({ name, data }, edgesOf) {
  const { description, devDependencies } = JSON.parse(
    readFileSync(join(ROOT, data.root, 'package.json'), 'utf8'),
  );
  // Of a lib these are for its specs; the pages are built with theirs.
  const onlyInSpecs = data.root.startsWith('libs/') ? devDependencies : {};
  const held = edgesOf.filter(({ target, type }) => type !== 'implicit' && !onlyInSpecs?.[target]);
  return { name: short(name), about: description, uses: held.map(({ target }) => short(target)).sort() };
}

function floorOf({ tags }) {
  return Object.keys(FLOORS).find((floor) => tags?.includes(`type:${floor}`));
}

/**
 * Each floor a box. Between floors one arrow, as every room may use those below; within a floor the rooms that use one
 * another.
 */
function chart(floors) {
  const boxes = floors.flatMap(box);
  const within = floors.flatMap(({ rooms }) => closest(rooms));
  const lines = [...boxes, ...within.map(arrow), ...ofClients(floors).map(arrow), ...DOWN];
  return ['```mermaid', 'flowchart TB', ...lines, '```'].join('\n');
}

function box({ floor, rooms }) {
  return [`subgraph ${floor}s [${floor}]`, 'direction TB', ...rooms.map(({ name }) => name), 'end'];
}

function arrow([one, other]) {
  return `${one} --> ${other}`;
}

/** What others install stands beside the floors: who uses it is drawn by name. */
function ofClients(floors) {
  const clients = floors.find(({ floor }) => floor === 'client').rooms.map(({ name }) => name);
  return floors.flatMap(({ rooms }) =>
    rooms.flatMap(({ name, uses }) => uses.filter((use) => clients.includes(use)).map((use) => [name, use])),
  );
}

/** The edges within a floor, without those that a longer way leads along too. */
function closest(rooms) {
  const usesOf = new Map(
    rooms.map(({ name, uses }) => [name, uses.filter((use) => rooms.some((room) => room.name === use))]),
  );
  const reaches = (from, to) => usesOf.get(from).some((next) => next === to || reaches(next, to));
  return [...usesOf].flatMap(([name, uses]) =>
    uses
      .filter((use) => !uses.some((other) => other !== use && reaches(other, use)))
      .map((use) => [name, use]),
  );
}

function tables(floors) {
  return floors
    .map(({ floor, rooms }) => {
      const lines = rooms.map(({ name, about, uses }) => `| \`${name}\` | ${about} | ${uses.join(', ')} |`);
      return [
        `### ${floor}: ${FLOORS[floor]}`,
        '',
        '| room | what it is | stands on |',
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
