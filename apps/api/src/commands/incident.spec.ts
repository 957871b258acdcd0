import { listConcerned } from './incident';

const SPAN = { from: '2026-11-27', to: '2026-11-29T18:00:00+01:00' };

describe('the list of whom an incident concerns', () => {
  it.each([
    ['--from must be a day or an instant', { from: 'yesterday' }],
    ['--from must be a day or an instant', { from: '2026-13-01' }],
    ['--to must be a day or an instant', { to: '2026-11-29T18:00' }],
    ['--to must be later than --from', { to: SPAN.from }],
    ['--address must be an address or a block', { address: 'hospital.example' }],
    ['--address must be an address or a block', { address: '192.0.2.0/33' }],
  ])('is refused before the database is asked: %s', async (message, changes) => {
    await expect(listConcerned({ ...SPAN, ...changes })).rejects.toThrow(message);
  });
});
