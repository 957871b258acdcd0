import { expect, it } from 'vitest';
import { snippetProblems } from './snippets.mjs';

it('compiles every snippet of the READMEs and guides as it stands there', { timeout: 300_000 }, async () => {
  expect(await snippetProblems()).toEqual([]);
});
