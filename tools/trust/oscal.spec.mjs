import { expect, it } from 'vitest';
import { oscalOf } from './oscal.mjs';

const ROW = { id: 'promise-the same code twice, two at once', says: 'Used once.', status: 'met' };
const REGISTER = { file: 'promises.yaml', name: 'Promises', version: '1', read: 'the guide', rows: [ROW] };
const PROOF = { version: '0.1.0', assessed: '2026-11-29', rows: [{ id: ROW.id, status: 'declared' }] };

it('gives the status that the run allows, under tokens and ids that OSCAL accepts', () => {
  const { 'component-definition': definition } = oscalOf([REGISTER], PROOF);
  const [
    {
      'control-implementations': [implementation],
    },
  ] = definition.components;
  const [requirement] = implementation['implemented-requirements'];
  expect(requirement.props).toEqual([expect.objectContaining({ name: 'status', value: 'declared' })]);
  expect(requirement['control-id']).toBe('promise-the-same-code-twice-two-at-once');
  for (const { uuid } of [definition, implementation, requirement])
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(definition.metadata['last-modified']).toBe('2026-11-29T00:00:00Z');
});

it('is the same for the same registers', () => {
  expect(oscalOf([REGISTER], PROOF)).toEqual(oscalOf([REGISTER], PROOF));
});
