import { practitioner, searchset } from '../testing/practitioner.fixture';
import { rppsOf, stateIn } from './practitioner-bundle';

const RPPS = '10003461033';
const of = (body: unknown) => stateIn(JSON.stringify(body), RPPS);

describe('a national id', () => {
  it.each([
    ['810003461033', RPPS],
    ['899700366240', '99700366240'],
    ['0750001234', undefined],
    ['30B0057881/CPET0002', undefined],
    ['8100034610331', undefined],
    ['8١٠٠٠٣٤٦١٠٣٣', undefined],
  ])('%s names the number of the RPPS %s', (nationalId, rpps) => {
    expect(rppsOf(nationalId)).toBe(rpps);
  });
});

describe('the answer of the Annuaire Santé', () => {
  it('says that the number is known, by the identifier of the RPPS', () => {
    expect(of(searchset(practitioner(RPPS)))).toBe('found');
    expect(of(searchset(practitioner('10102727017'), practitioner(RPPS)))).toBe('found');
  });

  it('says that it is unknown when it is empty and says so, or when its bearer practises no more', () => {
    expect(of(searchset())).toBe('not-found');
    expect(of(searchset(practitioner(RPPS, { active: false })))).toBe('not-found');
  });

  it.each<[string, unknown]>([
    ['of another person', searchset(practitioner('10102727017'))],
    ['of a number in another system', searchset(practitioner(RPPS, { identifier: [{ value: RPPS }] }))],
    ['of an organisation', searchset({ ...practitioner(RPPS), resourceType: 'Organization' })],
    ['without its people', { ...searchset(), total: 1 }],
    ['without a count', { resourceType: 'Bundle', type: 'searchset' }],
    ['that is empty, though it has somebody', { ...searchset(practitioner('10102727017')), total: 0 }],
    ['that is no search', { ...searchset(), type: 'batch-response' }],
    ['that is an error', { resourceType: 'OperationOutcome', issue: [{ severity: 'error' }] }],
    ['with entries of another form', { ...searchset(), total: 3, entry: [null, 'x', { resource: 7 }] }],
    ['with entries that are no list', { ...searchset(), total: 1, entry: { resource: practitioner(RPPS) } }],
    ['null', null],
    ['a list', []],
  ])('%s says nothing', (_, body) => {
    expect(of(body)).toBeUndefined();
  });

  it('that was cut anywhere says nothing', () => {
    const whole = JSON.stringify(searchset(practitioner(RPPS)));
    for (let length = 0; length < whole.length; length++)
      expect(stateIn(whole.slice(0, length), RPPS)).toBeUndefined();
    expect(stateIn('<html>maintenance</html>', RPPS)).toBeUndefined();
  });

  it('nested a hundred thousand deep says nothing', () => {
    expect(stateIn('['.repeat(100_000), RPPS)).toBeUndefined();
    const deep = `{"resourceType":"Bundle","type":"searchset","entry":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    expect(stateIn(deep, RPPS)).toBeUndefined();
  });
});
