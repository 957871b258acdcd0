import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { MAP, drawnMap, edges } from './map.mjs';

describe('the map of the packages', () => {
  const page = readFileSync(MAP, 'utf8');
  let drawn;
  let known;

  beforeAll(async () => {
    drawn = await drawnMap();
    known = await edges();
  });

  it('matches the graph of Nx: update it with "node tools/map.mjs"', () => {
    expect(page).toBe(drawn);
  });

  it.each(['feature', 'domain', 'platform'])('shows packages of the layer %s', (layer) => {
    expect(drawn).toMatch(new RegExp(`subgraph ${layer}s .*\ndirection TB\n[a-z-]+\n`));
    expect(drawn).toContain(`### ${layer}: `);
  });

  it('follows dependencies of the graph in its sequence', () => {
    const steps = [...page.matchAll(/^ {2}([a-z-]+)->>([a-z-]+): /gm)].map(
      ([, one, other]) => `${one} → ${other}`,
    );
    const calls = steps.filter((step) => !step.includes('browser'));
    expect(calls.length).toBeGreaterThan(0);
    expect(calls.filter((call) => !known.includes(call))).toEqual([]);
  });
});
