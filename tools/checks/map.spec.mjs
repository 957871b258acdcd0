import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { MAP, drawnMap, edges } from './map.mjs';

describe('the map of the house', () => {
  const page = readFileSync(MAP, 'utf8');
  let drawn;
  let known;

  beforeAll(async () => {
    drawn = await drawnMap();
    known = await edges();
  });

  it('is the graph of Nx: when a room or an edge is new, draw it anew by "node tools/map.mjs"', () => {
    expect(page).toBe(drawn);
  });

  it.each(['feature', 'domain', 'platform'])('shows rooms of the floor %s', (floor) => {
    expect(drawn).toMatch(new RegExp(`subgraph ${floor}s .*\ndirection TB\n[a-z-]+\n`));
    expect(drawn).toContain(`### ${floor}: `);
  });

  it('tells an act along edges of the graph', () => {
    const steps = [...page.matchAll(/^ {2}([a-z-]+)->>([a-z-]+): /gm)].map(
      ([, one, other]) => `${one} → ${other}`,
    );
    const calls = steps.filter((step) => !step.includes('browser'));
    expect(calls.length).toBeGreaterThan(0);
    expect(calls.filter((call) => !known.includes(call))).toEqual([]);
  });
});
